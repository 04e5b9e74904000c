import { setTimeout as sleep } from 'node:timers/promises';
import { Backoff, Delivery, QueueConsumer } from '@app/amqp';
import { DatabaseAvailability, TemporaryError } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { Outcome } from '../pipeline/step';

/**
 * A message that the broker took back so often is kept in an outage, unacknowledged. Before RabbitMQ 4.3 each time counts towards the
 * delivery limit of the queue, which is 50.
 */
const KEPT_AFTER = 10;

/**
 * `paused`: nothing is consumed. `trying`: one message at a time. `over`: everything as usual.
 * A circuit breaker calls them open, half-open and closed.
 * @see https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker
 */
type Phase = 'over' | 'paused' | 'trying';

/**
 * An outage of the service's own database, as one consumer meets it. The consumer pauses until the database takes writes again, and
 * then one message is tried at a time: what stands in the way may be a lock, which no other write meets.
 */
export class DatabaseOutage {
  private readonly logger: Logger;
  private readonly backoff = new Backoff();
  private readonly suspects = new WeakSet<Delivery>();
  private phase: Phase = 'over';
  private pausing = Promise.resolve();
  private ready = Promise.resolve();

  constructor(
    private readonly consumer: Pick<QueueConsumer, 'queue' | 'pause' | 'resume'>,
    private readonly database: Pick<DatabaseAvailability, 'isAvailable' | 'whenAvailable'>,
  ) {
    this.logger = new Logger(consumer.queue);
  }

  get isOver(): boolean {
    return this.phase === 'over';
  }

  get isPaused(): boolean {
    return this.phase === 'paused';
  }

  get isTrying(): boolean {
    return this.phase === 'trying';
  }

  /** Resolves when the next message may be tried; does not reject. */
  get nextTry(): Promise<void> {
    return this.ready;
  }

  /** Whether the message met the outage by itself; it may be the one that is at fault. */
  isSuspect(delivery: Delivery): boolean {
    return this.suspects.has(delivery);
  }

  /** What becomes of messages that met the error. It is their own failure only where another message succeeded meanwhile. */
  async outcomesAfter(error: TemporaryError, deliveries: readonly Delivery[]): Promise<readonly Outcome[]> {
    if (await this.isTheirOwn(deliveries)) return deliveries.map(() => ({ refused: error }));
    if (this.phase === 'trying') return this.keep(deliveries, error.code);
    if (this.phase === 'over') this.pause(error.code);
    return this.handBack(deliveries);
  }

  /** Once the consumer has stopped, or what is given back would come again at once. */
  async handBack(deliveries: readonly Delivery[]): Promise<readonly Outcome[]> {
    await this.pausing;
    return deliveries.map(({ timesReturned }) => (timesReturned < KEPT_AFTER ? 'give back' : 'try again'));
  }

  /** A message went through the database. */
  end(): void {
    if (this.phase !== 'trying') return;
    this.phase = 'over';
    this.backoff.reset();
    this.logger.log('going on as usual');
  }

  /** A message that failed alone, and does so again after another one succeeded and while the database takes writes. */
  private async isTheirOwn(deliveries: readonly Delivery[]): Promise<boolean> {
    if (!this.isOver || deliveries.length > 1 || !deliveries.every((delivery) => this.isSuspect(delivery)))
      return false;
    return (await this.database.isAvailable()) && this.isOver;
  }

  private keep(deliveries: readonly Delivery[], reason: string): readonly Outcome[] {
    const [delivery] = deliveries;
    if (delivery !== undefined && deliveries.length === 1) this.suspects.add(delivery);
    const waitMs = this.backoff.next();
    this.logger.warn(`still held up, trying the next message in ${waitMs} ms: ${reason}`);
    this.ready = this.untilWritable(waitMs);
    return deliveries.map(() => 'try again');
  }

  private pause(reason: string): void {
    this.phase = 'paused';
    const waitMs = this.backoff.next();
    this.logger.warn(`pausing for at least ${waitMs} ms: ${reason}`);
    this.pausing = this.consumer.pause().catch((error: unknown) => this.logger.warn(error));
    this.ready = this.resumeAfter(waitMs);
  }

  private async resumeAfter(waitMs: number): Promise<void> {
    await this.pausing;
    await this.untilWritable(waitMs);
    this.phase = 'trying';
    this.consumer.resume();
  }

  /** A service that stops waits no longer; its consumer does not resume. */
  private async untilWritable(waitMs: number): Promise<void> {
    await sleep(waitMs, undefined, { ref: false });
    await this.database.whenAvailable().catch((error: unknown) => this.logger.debug(error));
  }
}
