import { EventEmitter } from 'node:events';
import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import { Logger } from '@nestjs/common';
import { Channel } from 'amqplib';
import { isReply, NOT_FOUND } from '@app/amqp';

/** What Nest's RabbitMQ client and server keep their connection in. */
export type ConnectionManager = AmqpConnection['managedConnection'];

/** A channel that breaks while it is opened or set up is made anew with the connection; unheard, its error would end the process. */
export function hearErrors(wrapper: unknown, log: Logger): void {
  if (wrapper instanceof EventEmitter) wrapper.on('error', (error) => log.warn(error));
}

/**
 * Brings back a channel that the broker closes alone, because an exchange or queue is not there or may not be used. The connection
 * manager opens a new channel only with a new connection, so this closes the connection; the next one comes a second later.
 * @return does the same for another reason
 */
export function renewAfterError(
  channel: Channel,
  { connection }: ConnectionManager,
  log: Logger,
): (reason: string) => void {
  const renew = (reason: string): void => {
    log.warn(`${reason}; coming back with a new connection.`);
    connection?.close().catch((error: unknown) => log.debug(error));
  };
  channel.once('error', (error: Error) => {
    const { message } = error;
    renew(isReply(error, NOT_FOUND) ? `${message}. Create with "npm run topology"` : message);
  });
  return renew;
}
