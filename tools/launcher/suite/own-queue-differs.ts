import type { TopologyDiffers } from '@app/broker-admin';

/** A queue of our own server was made otherwise at an earlier start, and RabbitMQ changes none that exists. */
export class OwnQueueDiffers extends Error {
  /** @param folder of the server's data */
  constructor(cause: TopologyDiffers, folder = 'its data') {
    super(
      `${cause.message}\nOr start with the values that it was made with, or delete ${folder}, with all messages that wait there ("npm run suite -- reset" deletes the orders, too).`,
      { cause },
    );
  }
}
