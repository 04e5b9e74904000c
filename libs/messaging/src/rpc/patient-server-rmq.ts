import { Logger } from '@nestjs/common';
import { RmqOptions, ServerRMQ } from '@nestjs/microservices';
import { Channel } from 'amqplib';
import { OpenChannel } from '../subscribing/delivery';
import { QueueCheck } from '../topology/queue-check';

/**
 * Nest's RabbitMQ transport, with patience. The original consumes without looking whether its queue is there and without
 * waiting for the answer, so a missing queue or a connection that breaks just then ends the process. This one waits for the
 * queue, and tries again with the next connection.
 */
export class PatientServerRmq extends ServerRMQ {
  private readonly log = new Logger(PatientServerRmq.name);

  constructor(
    options: NonNullable<RmqOptions['options']>,
    private readonly queueCheck: QueueCheck,
  ) {
    super(options);
  }

  override async setupChannel(channel: Channel, callback: () => void): Promise<void> {
    const on = new OpenChannel(channel);
    try {
      await this.queueCheck.untilPresent([this.queue], () => !on.isOpen);
      if (on.isOpen) await this.consume(channel);
      callback();
    } catch (error) {
      this.log.warn(error);
    }
  }

  private async consume(channel: Channel): Promise<void> {
    await channel.consume(
      this.queue,
      (message) => {
        if (message === null) return;
        this.handleMessage(message, channel).catch((error: unknown) => this.log.warn(error));
      },
      { noAck: this.noAck },
    );
  }
}
