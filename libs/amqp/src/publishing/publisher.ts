import { Injectable, Logger, OnModuleInit } from '@nestjs/common';
import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import { ConfirmChannel, Message } from 'amqplib';
import { BrokerConnections } from '../connection/broker-connections';
import { assertWritable } from './assert-writable';
import { messageIdOf } from './message-id';
import { OutgoingMessage } from './outgoing-message';
import { PublishMetrics } from './publish-metrics';
import { BrokerUnavailable, isNack, MessageRefused, MessageUnroutable } from './publishing-errors';
import { Semaphore } from './semaphore';

/** Milliseconds that the broker has to confirm a message. */
export const CONFIRM_TIMEOUT_MS = 10_000;

/** Messages that wait for their confirm at once; more makes nothing faster and only costs memory. */
const MAX_IN_FLIGHT = 500;

type ManagedChannel = ReturnType<AmqpConnection['managedConnection']['createChannel']>;

/**
 * Publishes so that a resolved promise means: stored by every queue that it was routed to, and routed to at least one.
 * Never buffers for a broker that is away; that is the outbox's job.
 * @see https://www.rabbitmq.com/docs/confirms#publisher-confirms
 */
@Injectable()
export class Publisher implements OnModuleInit {
  private readonly logger = new Logger(this.constructor.name);
  private readonly inFlight = new Semaphore(MAX_IN_FLIGHT);
  /** Ids of messages that the broker gave back; it does so before it confirms them. */
  private readonly returned = new Set<string>();
  private blocked = false;
  private channel?: ManagedChannel;

  constructor(
    private readonly connections: BrokerConnections,
    private readonly metrics: PublishMetrics,
  ) {}

  onModuleInit(): void {
    const { managedConnection } = this.connections.publishing;
    this.channel = managedConnection.createChannel({
      name: this.constructor.name,
      setup: (channel: ConfirmChannel) => this.attach(channel),
    });
    // One that breaks while it is set up is made anew with the connection; without a listener, it would end the process.
    this.channel.on('error', (error) => this.logger.warn(error));
    managedConnection.on('blocked', ({ reason }) => {
      this.blocked = true;
      this.logger.warn(`the broker blocks publishers: ${reason}`);
    });
    managedConnection.on('unblocked', () => (this.blocked = false));
  }

  /** Whether the broker would take a message now. */
  get isAvailable(): boolean {
    return this.connections.publishing.connected && !this.blocked;
  }

  /** @throws MessageUnwritable, BrokerUnavailable, MessageRefused, MessageUnroutable */
  async publish(message: OutgoingMessage): Promise<void> {
    await this.inFlight.run(() =>
      this.metrics.measure(message.exchange, () => this.publishConfirmed(message)),
    );
  }

  private attach(channel: ConfirmChannel): Promise<void> {
    this.blocked = false;
    this.returned.clear();
    channel.on('return', (message: Message) => this.returned.add(messageIdOf(message) ?? ''));
    return Promise.resolve();
  }

  private async publishConfirmed(message: OutgoingMessage): Promise<void> {
    const { exchange, routingKey, properties } = message;
    assertWritable(message);
    this.returned.delete(properties.messageId);
    try {
      await this.send(message);
      if (this.returned.has(properties.messageId)) throw new MessageUnroutable(exchange, routingKey);
    } catch (error) {
      if (error instanceof MessageUnroutable || error instanceof BrokerUnavailable) throw error;
      if (isNack(error)) throw new MessageRefused(exchange, routingKey);
      throw new BrokerUnavailable(error instanceof Error ? error.message : 'unknown reason', {
        cause: error,
      });
    } finally {
      this.returned.delete(properties.messageId);
    }
  }

  private async send({ exchange, routingKey, content, properties }: OutgoingMessage): Promise<void> {
    if (this.channel === undefined || !this.isAvailable)
      throw new BrokerUnavailable(this.blocked ? 'it blocks publishers' : 'not connected');
    // `timeout` is amqp-connection-manager's: without it a publish waits for ever for a broker that went away.
    const options = { ...properties, persistent: true, mandatory: true, timeout: CONFIRM_TIMEOUT_MS };
    await this.channel.publish(exchange, routingKey, content, options);
  }
}
