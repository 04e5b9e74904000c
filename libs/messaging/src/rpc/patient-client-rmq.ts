import { OpenChannel } from '@app/amqp';
import { answersExchangeName, questionsExchangeName } from '@app/contracts';
import { Logger } from '@nestjs/common';
import { ClientRMQ, RmqOptions } from '@nestjs/microservices';
import { Channel } from 'amqplib';
import { hearErrors, renewAfterError } from './patient-channel';

type Connecting = Pick<NonNullable<RmqOptions['options']>, 'urls' | 'socketOptions'>;

/**
 * Nest's RabbitMQ client without the default exchange, whose writers reach any queue: questions go to an exchange of their own,
 * and answers come to an exclusive queue. It comes back when its channel breaks while it is set up; the original ends the process.
 */
export class PatientClientRmq extends ClientRMQ {
  private readonly log = new Logger(PatientClientRmq.name);
  private readonly answers: string;
  private created?: Promise<void>;
  private current?: OpenChannel;

  /** @param queue of the service that is asked; also the pattern of the question */
  constructor(queue: string, connecting: Connecting) {
    // With `wildcards`, Nest publishes to the exchange, under the pattern; without, to the queue, past the exchanges.
    super({ ...connecting, wildcards: true, exchange: questionsExchangeName(queue) });
    this.answers = answersExchangeName(queue);
  }

  /** Whether a question can be sent, and its answer can come. */
  get isReady(): boolean {
    return this.current?.isOpen === true;
  }

  /** Once: for its first connection the original opens two channels, and would have two queues for answers. */
  override createChannel(): Promise<void> {
    if (this.created === undefined) {
      this.created = super.createChannel();
      hearErrors(this.channel, this.log);
    }
    return this.created;
  }

  /** The original would declare the exchange, which is not ours to declare. */
  override async setupChannel(channel: Channel, resolve: () => void): Promise<void> {
    const opened = new OpenChannel(channel);
    renewAfterError(channel, this.unwrap(), this.log);
    const { queue } = await channel.assertQueue('', {
      exclusive: true,
      durable: false,
      arguments: { 'x-queue-type': 'classic' },
    });
    await channel.bindQueue(queue, this.answers, queue);
    this.replyQueue = queue;
    await this.consumeChannel(channel);
    this.current = opened;
    resolve();
  }
}
