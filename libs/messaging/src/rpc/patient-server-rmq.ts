import { OpenChannel, Semaphore } from '@app/amqp';
import { answersExchangeName } from '@app/contracts';
import { jsonTextOf, UnreadableJson } from '@app/service';
import { Logger } from '@nestjs/common';
import { RmqOptions, ServerRMQ } from '@nestjs/microservices';
import { Channel, ConsumeMessage } from 'amqplib';
import { ConnectionManager, hearErrors, renewAfterError } from './patient-channel';
import { inContextOfQuestion } from './question-context';

/** The longest question, in bytes: one for a product has less than 1 KiB. */
const LONGEST_QUESTION_BYTES = 64 * 1024;

type Connecting = Pick<NonNullable<RmqOptions['options']>, 'urls' | 'socketOptions'>;

/**
 * Nest's RabbitMQ transport, with patience and without the default exchange. The original consumes without looking whether its
 * queue is there and without waiting for the answer, so a missing queue or a connection that breaks just then ends the process;
 * this one tries again with the next connection. And it answers through an exchange that only askers' queues are bound to, while
 * who writes to the default exchange reaches any queue. It answers no more questions at once than it may, or they would take all
 * connections to the database.
 */
export class PatientServerRmq extends ServerRMQ {
  private readonly log = new Logger(PatientServerRmq.name);
  private readonly answers: string;
  private readonly slots: Semaphore;
  private current?: OpenChannel;

  /** @param atOnce the most questions that are answered at a time; the others wait for as long as their askers do */
  constructor(queue: string, connecting: Connecting, atOnce: number) {
    super({ ...connecting, queue });
    this.answers = answersExchangeName(queue);
    this.slots = new Semaphore(atOnce);
  }

  override async start(callback?: () => void): Promise<void> {
    await super.start(callback);
    // Heard after Nest's own listener, which makes the channel.
    this.unwrap<ConnectionManager>().once('connect', () => hearErrors(this.channel, this.log));
  }

  override async setupChannel(channel: Channel, callback: () => void): Promise<void> {
    this.current = new OpenChannel(channel);
    const renew = renewAfterError(channel, this.unwrap(), this.log);
    const take = (message: ConsumeMessage | null): void => {
      if (message === null) renew(`The queue ${this.queue} is gone`);
      else this.answer(message, channel).catch((error: unknown) => this.log.warn(error));
    };
    await channel.consume(this.queue, take, { noAck: this.noAck });
    callback();
  }

  /**
   * Without a channel the answer is dropped: who asked has stopped waiting before the next one is there. So is one that cannot be written: its
   * channel is closing, or amqplib has read an address that it cannot write. Thrown from here, an error would end the process.
   */
  override sendMessage(message: unknown, replyTo: string, correlationId: string): void {
    if (this.current?.isOpen !== true) return;
    const answer = Buffer.from(JSON.stringify(message));
    try {
      this.current.channel.publish(this.answers, replyTo, answer, { correlationId });
    } catch (error) {
      this.log.warn(error);
    }
  }

  /**
   * A question whose asker waits no longer is dropped.
   * @throws UnreadableJson for one that is not worth the time that it takes to parse it
   */
  private async answer(message: ConsumeMessage, channel: Channel): Promise<void> {
    assertHarmless(message.content);
    const expiration: unknown = message.properties.expiration;
    const deadline = performance.now() + Number(expiration ?? Infinity);
    await this.slots.run(async () => {
      if (performance.now() >= deadline) return;
      await inContextOfQuestion(message, () => this.handleMessage(message, channel));
    });
  }
}

function assertHarmless(question: Buffer): void {
  if (question.length > LONGEST_QUESTION_BYTES)
    throw new UnreadableJson(`A question has more than ${LONGEST_QUESTION_BYTES} bytes`);
  jsonTextOf(question);
}
