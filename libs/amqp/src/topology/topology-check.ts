import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import { Channel } from 'amqplib';
import { isReply, NOT_FOUND } from '../connection/reply-codes';
import { QueueState } from './queue-backlog';

const TRY_AGAIN_MS = 1_000;

/** By name, the exchanges and queues that a caller needs. */
export interface Needed {
  readonly exchanges?: readonly string[];
  readonly queues?: readonly string[];
}

/** Looks whether queues and exchanges are there, passively: a service has no right to declare the durable ones. */
export class TopologyCheck {
  private readonly logger = new Logger(TopologyCheck.name);
  /** Channels that wait for the next question: to open one for each would cost the broker more than the answer. */
  private readonly idle = new Set<Channel>();

  constructor(private readonly connection: AmqpConnection) {}

  /**
   * Resolves when all is there, or when the caller no longer wants to know. Until then it says what is missing, and waits for
   * a connection that is lost meanwhile.
   */
  async untilPresent(needed: Needed, cancelled: () => boolean): Promise<void> {
    while (!cancelled()) {
      const missing = await this.missing(needed).catch(() => undefined);
      this.leave();
      if (missing?.length === 0) return;
      if (missing !== undefined) this.complain(missing);
      await sleep(TRY_AGAIN_MS);
    }
  }

  /** Asks for all at once, so that a slow network costs no more for many. @throws Error when there is no connection */
  async missing({ exchanges = [], queues = [] }: Needed): Promise<string[]> {
    const questions = [
      ...exchanges.map((name) => this.ask((channel) => channel.checkExchange(name))),
      ...queues.map((name) => this.ask((channel) => channel.checkQueue(name))),
    ];
    const answers = await Promise.all(questions);
    return [...exchanges, ...queues].filter((_, index) => answers[index] === undefined);
  }

  /** How a queue stands; undefined where it is missing. @throws Error when there is no connection */
  async stateOf(queue: string): Promise<QueueState | undefined> {
    const answer = await this.ask((channel) => channel.checkQueue(queue));
    return answer && { messages: answer.messageCount, consumers: answer.consumerCount };
  }

  /** @throws Error when there is no connection */
  async has(needed: Needed): Promise<boolean> {
    return (await this.missing(needed)).length === 0;
  }

  private complain(missing: readonly string[]): void {
    this.logger.error(
      `Missing on the broker: ${missing.join(', ')}. Create with "npm run topology"; trying again in ${TRY_AGAIN_MS} ms.`,
    );
  }

  /** The broker answers for what is missing by closing the channel, so each question gets a channel of its own. */
  private async ask<Answer>(question: (channel: Channel) => Promise<Answer>): Promise<Answer | undefined> {
    const channel = this.takeIdle() ?? (await this.openChannel());
    try {
      const answer = await question(channel);
      this.idle.add(channel);
      return answer;
    } catch (error) {
      if (isReply(error, NOT_FOUND)) return undefined;
      throw error;
    }
  }

  private takeIdle(): Channel | undefined {
    const [channel] = this.idle;
    if (channel !== undefined) this.idle.delete(channel);
    return channel;
  }

  private async openChannel(): Promise<Channel> {
    const { connection } = this.connection.managedConnection;
    if (connection === undefined) throw new Error('Not connected to the broker');
    const channel = await connection.createChannel();
    channel.on('error', () => undefined);
    channel.on('close', () => this.idle.delete(channel));
    return channel;
  }

  private leave(): void {
    for (const channel of this.idle) channel.close().catch((error: unknown) => this.logger.debug(error));
    this.idle.clear();
  }
}
