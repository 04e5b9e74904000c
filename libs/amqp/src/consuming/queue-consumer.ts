import { randomUUID } from 'node:crypto';
import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import { Logger } from '@nestjs/common';
import { Channel, ConsumeMessage } from 'amqplib';
import { Delivery, OpenChannel } from './delivery';
import { QueueSource } from './queue-source';
import { RunningWork } from './running-work';

export interface QueueConsumerOptions {
  readonly source: QueueSource;
  /** The most messages in the hands of this process at a time. */
  readonly prefetch: number;
  /** Handles and settles one delivery; must not reject. */
  readonly onDelivery: (delivery: Delivery) => Promise<void>;
}

/**
 * One consumer of one queue, on a channel of its own. It comes back after anything: a broker that restarts, a connection or
 * channel that closes, a queue that is deleted and made again. It can be paused, and it drains before it stops.
 */
export class QueueConsumer {
  private readonly logger: Logger;
  private readonly running = new RunningWork();
  private current?: OpenChannel;
  /** Of the consumer that is wanted on the current channel; undefined while none is. */
  private consumerTag?: string;
  private paused = false;
  private stopped = false;

  constructor(
    private readonly connection: AmqpConnection,
    private readonly options: QueueConsumerOptions,
  ) {
    this.logger = new Logger(options.source.name);
  }

  /** Starts to consume as soon as the broker and the queue are there; does not wait for either. */
  start(): void {
    const channel = this.connection.managedConnection.createChannel({
      name: this.options.source.name,
      confirm: false,
      setup: (opened: Channel) => this.attach(opened),
    });
    // One that breaks while it is set up is made anew with the connection; without a listener, it would end the process.
    channel.on('error', (error) => this.logger.warn(error));
  }

  /** Takes no more messages until `resume`; those in hand stay. */
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
   * Takes no more messages and waits, at most so many milliseconds, until those in hand are settled. The others are left to
   * the broker, which delivers them again; whatever becomes of their handlers, they are not acknowledged any more.
   */
  async drain(limitMs: number): Promise<void> {
    this.stopped = true;
    this.running.add(this.pause().catch((error: unknown) => this.logger.warn(error)));
    await this.running.settled(limitMs);
    if (this.running.size === 0) return;
    this.logger.warn(`messages are still in hand after ${limitMs} ms, and will be delivered again`);
    this.current?.abandon();
  }

  private async attach(channel: Channel): Promise<void> {
    this.current = new OpenChannel(channel);
    this.consumerTag = undefined;
    await channel.prefetch(this.options.prefetch);
    if (!this.paused) void this.consume(this.current);
  }

  private async consume(on: OpenChannel): Promise<void> {
    const consumerTag = (this.consumerTag = randomUUID());
    const isWanted = (): boolean => this.consumerTag === consumerTag && on.isOpen;
    try {
      const queue = await this.options.source.prepare(on.channel, () => !isWanted());
      if (!isWanted()) return;
      await on.channel.consume(queue, (message) => this.deliver(message, on), { consumerTag });
      this.logger.log('consuming');
    } catch (error) {
      this.logger.warn(error);
    }
  }

  private deliver(message: ConsumeMessage | null, on: OpenChannel): void {
    if (message === null) this.cancelledByBroker(on);
    else this.running.add(this.options.onDelivery(new Delivery(message, on)));
  }

  /** The queue was deleted, or its node is lost. */
  private cancelledByBroker(on: OpenChannel): void {
    if (this.paused) return;
    this.logger.warn('the broker cancelled the consumer; coming back as soon as its queue is there');
    void this.consume(on);
  }
}
