import { randomUUID } from 'node:crypto';
import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import { Logger } from '@nestjs/common';
import { Channel, ConsumeMessage } from 'amqplib';
import { ConsumerChannel } from './consumer-channel';
import { Delivery } from './delivery';
import { QueueSource } from './queue-source';
import { RunningWork } from './running-work';

/** Handles and settles a message; never rejects. */
export type Take = (delivery: Delivery) => Promise<void>;

/** Messages that a consumer takes at a time when its channel is new. */
const NARROW = 1;

/** So many that were delivered before are taken one by one; then what killed a process is likely not among those that come next. */
const ONE_BY_ONE = 20;

/**
 * One consumer of one queue, on a channel of its own. It comes back after anything: a broker that restarts, a connection or
 * channel that closes, a queue that is deleted and made again. It can be paused, and it drains before it stops.
 *
 * Nothing may listen to `error` of the channel itself. amqplib ends the connection for an error of a channel that has no listener, and the
 * connection manager opens both anew; with a listener, the channel alone would be closed, and stay so.
 *
 * On a new channel it takes one message at first, and as many more as its prefetch allows once it meets one that was not delivered before,
 * or has met 20 that were. A crash counts a delivery of every message that the process has taken. So a message that kills its process again and again is soon
 * alone, and takes no neighbours along into the dead letters; of those before it, 20 are done with at each crash.
 * @see https://www.rabbitmq.com/docs/quorum-queues#poison-message-handling
 */
export class QueueConsumer {
  private readonly logger: Logger;
  private readonly running = new RunningWork();
  private take: Take = () => Promise.resolve();
  private current?: ConsumerChannel;
  /** Of the consumer that is wanted on the current channel; undefined while none is. */
  private consumerTag?: string;
  /** How many messages are still taken one by one. */
  private narrowFor = 0;
  /** How many have paused it and not resumed it yet. */
  private pauses = 0;
  private stopped = false;

  /** @param prefetch the most messages that this process has and has not settled at a time */
  constructor(
    private readonly connection: AmqpConnection,
    private readonly source: QueueSource,
    readonly prefetch: number,
  ) {
    this.logger = new Logger(source.name);
  }

  /** What it consumes from, as the source is called. */
  get queue(): string {
    return this.source.name;
  }

  /** Whether it may miss messages: its queue is there only while it is connected. */
  get isExclusive(): boolean {
    return this.source.isExclusive;
  }

  /** Whether somebody has paused it; without a connection it takes nothing either. */
  get isPaused(): boolean {
    return this.pauses > 0;
  }

  /** Starts to consume as soon as the broker and the queue are there; does not wait for either. */
  start(take: Take): void {
    this.take = take;
    const channel = this.connection.managedConnection.createChannel({
      name: this.source.name,
      confirm: false,
      setup: (opened: Channel) => this.attach(opened),
    });
    // One that breaks while it is set up is made anew with the connection; without a listener, it would end the process.
    channel.on('error', (error) => this.logger.warn(error));
  }

  /** Takes no more messages until it was resumed as often as it was paused; those that are not settled stay. */
  async pause(): Promise<void> {
    this.pauses += 1;
    const { consumerTag } = this;
    this.consumerTag = undefined;
    if (consumerTag !== undefined && this.current?.isOpen) await this.current.channel.cancel(consumerTag);
  }

  resume(): void {
    this.pauses -= 1;
    if (this.pauses > 0 || this.stopped) return;
    if (this.current?.isOpen && this.consumerTag === undefined) void this.begin(this.current);
  }

  /**
   * Takes no more messages and waits, at most so many milliseconds, until those that came are settled. The others are left to
   * the broker, which delivers them again; whatever becomes of their handlers, they are not acknowledged any more.
   */
  async drain(limitMs: number): Promise<void> {
    this.stopped = true;
    this.running.add(this.pause().catch((error: unknown) => this.logger.warn(error)));
    await this.running.settled(limitMs);
    this.current?.flush();
    if (this.running.size === 0) return;
    this.logger.warn(`messages are not settled after ${limitMs} ms, and will be delivered again`);
    this.current?.abandon();
  }

  private attach(channel: Channel): Promise<void> {
    this.current = new ConsumerChannel(channel);
    this.consumerTag = undefined;
    this.narrowFor = ONE_BY_ONE;
    if (this.pauses === 0) void this.begin(this.current);
    return Promise.resolve();
  }

  private async begin(on: ConsumerChannel): Promise<void> {
    const consumerTag = (this.consumerTag = randomUUID());
    const isWanted = (): boolean => this.consumerTag === consumerTag && on.isOpen;
    try {
      const queue = await this.source.prepare(on.channel, () => !isWanted());
      if (!isWanted()) return;
      await this.consume(on, queue, consumerTag, this.narrowFor > 0 ? NARROW : this.widePrefetch);
      this.logger.log('consuming');
    } catch (error) {
      this.logger.warn(error);
    }
  }

  /** Both are sent at once, so that whatever is asked of the channel next comes after them. */
  private async consume(
    on: ConsumerChannel,
    queue: string,
    consumerTag: string,
    prefetch: number,
  ): Promise<void> {
    const deliver = (message: ConsumeMessage | null): void => this.deliver(message, on, queue);
    await Promise.all([on.channel.prefetch(prefetch), on.channel.consume(queue, deliver, { consumerTag })]);
  }

  private deliver(message: ConsumeMessage | null, on: ConsumerChannel, queue: string): void {
    if (message === null) {
      this.cancelledByBroker(on);
      return;
    }
    this.running.add(this.take(new Delivery(this.source.name, message, on)));
    if (this.narrowFor === 0) return;
    this.narrowFor = message.fields.redelivered ? this.narrowFor - 1 : 0;
    if (this.narrowFor === 0) this.widen(on, queue).catch((error: unknown) => this.logger.warn(error));
  }

  /** One less than the prefetch: the message that the narrow consumer has taken may not be done yet. */
  private get widePrefetch(): number {
    return Math.max(this.prefetch - NARROW, NARROW);
  }

  /** A consumer's prefetch is fixed, so another one takes its place. */
  private async widen(on: ConsumerChannel, queue: string): Promise<void> {
    const narrow = this.consumerTag;
    if (narrow === undefined || !on.isOpen || this.widePrefetch === NARROW) return;
    const wide = (this.consumerTag = randomUUID());
    await Promise.all([this.consume(on, queue, wide, this.widePrefetch), on.channel.cancel(narrow)]);
  }

  /** The queue was deleted, or its node is lost. */
  private cancelledByBroker(on: ConsumerChannel): void {
    if (this.pauses > 0) return;
    this.logger.warn('the broker cancelled the consumer; coming back as soon as its queue is there');
    void this.begin(on);
  }
}
