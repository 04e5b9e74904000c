import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseAvailability, isTemporary } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { inItsContext } from '../pipeline/in-its-context';
import { Received } from '../pipeline/received';
import { isRefused, Next, Outcome } from '../pipeline/step';
import { AmbiguousSend } from '../provider/send-errors';
import { SendMetrics } from '../provider/send-metrics';
import { SendInProgress } from './send-in-progress';
import { SendingLeases } from './sending-leases';
import { IdempotentReceiver } from './idempotent-receiver';
import { KillsItsProcess } from './kills-its-process';
import { Turns } from './turns';

const FORGET_EVERY_MS = 600_000;
const TRY_AGAIN_MS = 500;

/**
 * For effects outside, such as a mail: at least once. That it is being sent is committed before the call, that it was
 * sent after it. Only a process that dies between the two, or an answer that never comes, makes a repeat,
 * and that goes out under the same key. News of an order is not sent once newer news of it was: it is stale.
 */
@Injectable()
export class SentMessages extends IdempotentReceiver {
  /** Each message is a flow of its own, so that a slow one holds up no other; flows share statements (`SendingLeases`). */
  readonly inBatches = false;
  private readonly turns = new Turns();
  private stale = 0;

  constructor(
    private readonly leases: SendingLeases,
    private readonly database: DatabaseAvailability,
    private readonly metrics: SendMetrics,
  ) {
    super();
  }

  handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    return Promise.all(messages.map((message) => this.inTurn(message, next)));
  }

  @Interval(FORGET_EVERY_MS)
  async forgetOld(): Promise<void> {
    await this.leases.forgetOld().catch((error: unknown) => this.logger.warn(error));
  }

  /** What concerns one order is sent in the order in which it came. */
  private inTurn(message: Received, next: Next<Received>): Promise<Outcome> {
    const about = message.order?.orderId ?? message.subject ?? message.id;
    return this.turns.run(about, () => this.receive(message, next));
  }

  private async receive(message: Received, next: Next<Received>): Promise<Outcome> {
    const opening = await this.leases.open(message);
    if (opening === 'in progress') throw new SendInProgress(message.id);
    if (opening === 'given up') throw new KillsItsProcess(message.id);
    if (opening === 'stale') return this.leaveOut(message);
    return opening === 'opened' ? this.send(message, next) : this.repeated(message);
  }

  /** A stale message is done with. */
  private leaveOut(message: Received): Outcome {
    this.stale += 1;
    const facts = { event: message.id, ...message.order, stale: this.stale };
    inItsContext(message, () =>
      this.logger.warn(facts, `${message.type} is not sent: newer news of its order was sent before`),
    );
    return 'stale';
  }

  private async send(message: Received, next: Next<Received>): Promise<Outcome> {
    const outcome = await this.call(message, next);
    await this.markSent(message);
    return outcome;
  }

  private async call(message: Received, next: Next<Received>): Promise<Outcome> {
    try {
      return await this.metrics.measure(async () => {
        const [outcome = 'give back'] = await next([message]);
        if (isRefused(outcome)) throw outcome.refused;
        return outcome;
      });
    } catch (error) {
      await this.giveUpLease(message, error instanceof AmbiguousSend ? 'unknown' : 'sending');
      throw error;
    }
  }

  /** So that the retry need not wait for the lease's end; where that fails, it just waits. */
  private async giveUpLease(message: Received, state: 'sending' | 'unknown'): Promise<void> {
    await this.leases.settle(message, state).catch((error: unknown) => this.logger.warn(error));
  }

  /** Waits for a database that went away meanwhile, or for a lock: giving up here would send a second time. */
  private async markSent(message: Received): Promise<void> {
    for (;;) {
      try {
        await this.leases.settle(message, 'sent');
        return;
      } catch (error) {
        if (!isTemporary(error)) throw error;
        await sleep(TRY_AGAIN_MS);
        await this.database.whenAvailable();
      }
    }
  }
}
