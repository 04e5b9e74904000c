import { Database, deleteOld } from '@app/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { RawBuilder, sql } from 'kysely';
import { IdempotencyKeyReused } from './idempotency-key-reused.error';

/** An answer, and whether it was given before. */
export interface Answer<T> {
  readonly answer: T;
  readonly replayed: boolean;
}

const FORGET_EVERY_MS = 600_000;

/**
 * Lets a request that is sent again under its key have its effect once. The key, the effect and the answer are committed
 * together: a request that fails leaves nothing behind, and may be tried again under the same key.
 */
@Injectable()
export class Idempotency {
  private readonly logger = new Logger(Idempotency.name);

  constructor(private readonly database: Database) {}

  /**
   * Runs the work, or answers what it answered before. A second request that comes while the first is under way waits for it.
   * @throws IdempotencyKeyReused for another body, StatementTimedOut when the first takes too long, or what the work throws
   */
  async once<T extends object>(key: string, body: object, work: () => Promise<T>): Promise<Answer<T>> {
    return this.database.transaction(async () => {
      if (!(await this.claim(key, body))) return { answer: await this.recall<T>(key, body), replayed: true };
      const answer = await work();
      await this.remember(key, answer);
      return { answer, replayed: false };
    });
  }

  /** Keys are kept for a day. */
  @Interval(FORGET_EVERY_MS)
  async forgetOld(): Promise<void> {
    const old = { table: 'idempotency_keys', since: 'created_at', age: '24 hours' };
    await deleteOld(this.database, old).catch((error: unknown) => this.logger.warn(error));
  }

  /** False when the key is taken. Waits while the request that took it is under way. */
  private async claim(key: string, body: object): Promise<boolean> {
    const insertion = sql`
      insert into idempotency_keys (key, body_hash) values (${key}, ${hashOf(body)})
      on conflict do nothing
      returning key`;
    return (await insertion.execute(this.database.query)).rows.length === 1;
  }

  private async recall<T extends object>(key: string, body: object): Promise<T> {
    const query = sql<{ answer: T }>`
      select answer from idempotency_keys where key = ${key} and body_hash = ${hashOf(body)}`;
    const [found] = (await query.execute(this.database.query)).rows;
    if (found === undefined) throw new IdempotencyKeyReused();
    return found.answer;
  }

  private async remember(key: string, answer: object): Promise<void> {
    const update = sql`update idempotency_keys set answer = ${JSON.stringify(answer)} where key = ${key}`;
    await update.execute(this.database.query);
  }
}

/** Bodies are compared as parsed JSON: `jsonb` puts their members into one order. */
const hashOf = (body: object): RawBuilder<unknown> =>
  sql`sha256(convert_to(${JSON.stringify(body)}::jsonb::text, 'UTF8'))`;
