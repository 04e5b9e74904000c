import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff, QueueConsumer } from '@app/amqp';
import { BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { FailureStreak } from './failure-streak';
import { ProviderAway } from './provider-away';
import { ProviderProbe } from './provider-probe';
import { ProviderStatus } from './provider-status';
import { AmbiguousSend, NotSent, ProviderRefuses, ProviderUnavailable } from './send-errors';

/** `paused`: nothing is sent. `trying`: the probe succeeded, one message is sent at a time. `over`: everything as usual. */
type Phase = 'over' | 'paused' | 'trying';

type Consumer = Pick<QueueConsumer, 'pause' | 'resume'>;

/**
 * An outage of what the service sends through, a mail server or an SMS gateway: every consumer of the service pauses until a probe
 * succeeds. A circuit breaker, with the phases of `DatabaseOutage`, which is the database's. It begins otherwise: a provider's answer may be
 * about one message, so it takes a failure that can be about none, or many in a row.
 * @see https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker
 */
@Injectable()
export class ProviderOutage implements BeforeApplicationShutdown {
  private readonly backoff = new Backoff();
  private readonly streak = new FailureStreak();
  private readonly consumers: Consumer[] = [];
  private phase: Phase = 'over';
  private reason = '';
  private pausing: Promise<unknown> = Promise.resolve();
  private trial?: Promise<unknown>;
  private probing?: Promise<boolean>;
  private stopped = false;

  constructor(
    private readonly probe: ProviderProbe,
    private readonly status: ProviderStatus,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopped = true;
  }

  /** The consumer pauses with the others of the service. */
  pauses(consumer: Consumer): void {
    this.consumers.push(consumer);
  }

  /** Lets a message through: in an outage none, and after it one at a time until one was sent. @throws ProviderAway */
  async letThrough<Result>(send: () => Promise<Result>): Promise<Result> {
    while (this.trial !== undefined) await this.trial;
    if (this.phase === 'paused') throw new ProviderAway(this.reason);
    const sending = send();
    if (this.phase === 'trying') {
      this.trial = sending.catch(() => undefined).finally(() => (this.trial = undefined));
    }
    return sending;
  }

  /**
   * Counts the failure of a message, and begins the outage where it shows one.
   * @returns what the message is refused with: `ProviderAway` in an outage, or else its own error. So it is where the answer never came:
   * the message may be the reason for that.
   */
  async failureOf(messageId: string, error: unknown): Promise<unknown> {
    const isAmbiguous = error instanceof AmbiguousSend;
    if (!isAmbiguous && !(error instanceof NotSent)) return error;
    this.streak.add(messageId);
    const isAway =
      error instanceof ProviderRefuses ? await this.isAwayToo() : error instanceof ProviderUnavailable;
    if (isAway || this.streak.isLong || this.phase === 'trying') this.begin(error.message);
    if (isAmbiguous || this.phase !== 'paused') return error;
    await this.pausing;
    return new ProviderAway(this.reason);
  }

  /** The provider took a message. One that it took while the outage began says nothing of its end. */
  end(): void {
    if (this.phase === 'paused') return;
    this.phase = 'over';
    this.streak.end();
    this.backoff.reset();
  }

  /** By a probe, which is made once for all who ask meanwhile. Where it succeeds, the answer is about its message alone, which must not stop the others. */
  private async isAwayToo(): Promise<boolean> {
    if (this.phase !== 'over') return false;
    this.probing ??= this.probe.succeeds().finally(() => (this.probing = undefined));
    return !(await this.probing);
  }

  private begin(reason: string): void {
    if (this.phase === 'paused') return;
    this.phase = 'paused';
    this.reason = reason;
    this.status.away(reason);
    this.pausing = Promise.allSettled(this.consumers.map((consumer) => consumer.pause()));
    void this.resumeOnceBack();
  }

  private async resumeOnceBack(): Promise<void> {
    await this.pausing;
    do await sleep(this.backoff.next(), undefined, { ref: false });
    while (!this.stopped && !(await this.probe.succeeds()));
    if (this.stopped) return;
    this.phase = 'trying';
    this.status.back();
    for (const consumer of this.consumers) consumer.resume();
  }
}
