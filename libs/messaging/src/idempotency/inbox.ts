import { Database, Deadlocked, isTemporary } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Received } from '../pipeline/received';
import { isRefused, Next, Outcome } from '../pipeline/step';
import { IdempotentReceiver } from './idempotent-receiver';
import { InboxTable } from './inbox-table';

const FORGET_EVERY_MS = 600_000;

/** How often a batch is tried that meets another transaction's locks. */
const TRIES = 3;

/**
 * For effects in the own database: the ids of a batch's messages are inserted in the transaction of their effects, so both are there
 * or neither is. A repeat that comes while the first is still running waits for it.
 */
@Injectable()
export class Inbox extends IdempotentReceiver {
  readonly inBatches = true;

  constructor(
    private readonly database: Database,
    private readonly table: InboxTable,
  ) {
    super();
  }

  /** A message that fails rolls its batch back; then each is handled alone, so that only the one at fault fails. */
  async handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    try {
      return await this.together(messages, next);
    } catch (error) {
      if (isTemporary(error) || messages.length === 1) throw error;
      this.logger.warn(
        { err: error, messages: messages.length },
        'a batch failed; each message is handled alone',
      );
      return this.oneByOne(messages, next);
    }
  }

  @Interval(FORGET_EVERY_MS)
  async forgetOld(): Promise<void> {
    await this.table.forgetOld().catch((error: unknown) => this.logger.warn(error));
  }

  private async oneByOne(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const message of messages) outcomes.push(await this.alone(message, next));
    return outcomes;
  }

  private async alone(message: Received, next: Next<Received>): Promise<Outcome> {
    try {
      const [outcome = 'give back'] = await this.together([message], next);
      return outcome;
    } catch (error) {
      if (isTemporary(error)) throw error;
      return { refused: error };
    }
  }

  /** Of two transactions that wait for each other, PostgreSQL ends one: its batch is done again, and costs no attempt. */
  private async together(
    messages: readonly Received[],
    next: Next<Received>,
    tries = TRIES,
  ): Promise<readonly Outcome[]> {
    try {
      return await this.database.transaction(() => this.handleNew(messages, next));
    } catch (error) {
      if (!(error instanceof Deadlocked) || tries === 1) throw error;
      return this.together(messages, next, tries - 1);
    }
  }

  private async handleNew(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    const inserted = new Set(await this.table.insert(messages));
    // Of two copies in one batch, the first counts.
    const fresh = messages.filter(({ id }) => inserted.delete(id));
    const outcomes = fresh.length === 0 ? [] : await next(fresh);
    await this.table.remove(fresh.filter((_, index) => isRefused(outcomes[index])));
    const outcomeOf = new Map(fresh.map((message, index) => [message, outcomes[index]]));
    return messages.map((message) => outcomeOf.get(message) ?? this.repeated(message));
  }
}
