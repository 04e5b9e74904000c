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

/**
 * One consumer of one queue, on a channel of its own. It comes back after anything: a broker that restarts, a connection or
 * channel that closes, a queue that is deleted and made again. It can be paused, and it drains before it stops.
 */
export class QueueConsumer {
  private readonly logger: Logger;
  private readonly running = new RunningWork();
  private take: Take = () => Promise.resolve();
  private current?: ConsumerChannel;
  /** Of the consumer that is wanted on the current channel; undefined while none is. */
  private consumerTag?: string;
  private paused = false;
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

  /** Takes no more messages until `resume`; those that are not settled stay. */
  async pause(): Promise<void> {
    this.paused = true;
    const { consumerTag } = this;
    this.consumerTag = undefined;
    if (consumerTag !== undefined && this.current?.isOpen) await this.current.channel.cancel(consumerTag);
  }

  resume(): void {
    if (this.stopped) return;
    this.paused = false;
    if (this.current?.isOpen && this.consumerTag === undefined) void this.consume(this.current);
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

  private async attach(channel: Channel): Promise<void> {
    this.current = new ConsumerChannel(channel);
    this.consumerTag = undefined;
    await channel.prefetch(this.prefetch);
    if (!this.paused) void this.consume(this.current);
  }

  private async consume(on: ConsumerChannel): Promise<void> {
    const consumerTag = (this.consumerTag = randomUUID());
    const isWanted = (): boolean => this.consumerTag === consumerTag && on.isOpen;
    try {
      const queue = await this.source.prepare(on.channel, () => !isWanted());
      if (!isWanted()) return;
      await on.channel.consume(queue, (message) => this.deliver(message, on), { consumerTag });
      this.logger.log('consuming');
    } catch (error) {
      this.logger.warn(error);
    }
  }

  private deliver(message: ConsumeMessage | null, on: ConsumerChannel): void {
    if (message === null) this.cancelledByBroker(on);
    else this.running.add(this.take(new Delivery(this.source.name, message, on)));
  }

  /** The queue was deleted, or its node is lost. */
  private cancelledByBroker(on: ConsumerChannel): void {
    if (this.paused) return;
    this.logger.warn('the broker cancelled the consumer; coming back as soon as its queue is there');
    void this.consume(on);
  }
}
