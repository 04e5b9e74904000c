import { CONFIRM_TIMEOUT_MS } from '@app/amqp';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { RawBuilder, sql } from 'kysely';
import { OutboxEntry } from './outbox-entry';
import { OutboxFloor } from './outbox-floor';
import { PublishOutcome } from './publish-outcome';

/** Milliseconds for the two statements around a batch, to claim it and to settle it; they take some. */
const STATEMENTS_MS = 5_000;

/**
 * A relay that was killed leaves its rows to the others after this. It outlasts the longest wait for a confirm, or two relays
 * would publish the same; where a database is slower than the margin, they do, under the same message id.
 */
export const LEASE_MS = CONFIRM_TIMEOUT_MS + STATEMENTS_MS;

/** The longest wait of a row that the broker does not take, in seconds. */
const LONGEST_WAIT_SECONDS = 30;

export interface OutboxBacklog {
  readonly events: number;
  readonly age_seconds: number;
}

/** The relay's side of the outbox table. Many relays may work at once; the database's clock decides. */
@Injectable()
export class OutboxStore {
  constructor(
    private readonly database: Database,
    private readonly floor: OutboxFloor,
  ) {}

  /** Leases the oldest rows of an exchange that no other relay has leased. */
  async claim(exchange: string, limit: number): Promise<readonly OutboxEntry[]> {
    const { rows } = await this.claimOf(exchange, limit).execute(this.database.query);
    return [...rows].sort(byPosition);
  }

  /** The statement of a claim. It returns the rows in any order: to sort rows of a kilobyte costs the server as much as to claim them. */
  claimOf(exchange: string, limit: number): RawBuilder<OutboxEntry> {
    return sql`
      update outbox set available_at = now() + ${LEASE_MS} * interval '1 millisecond'
      where position = any(array(
        select position from outbox
        where position > ${this.floor.position} and available_at <= now() and exchange = ${exchange}
        order by position limit ${limit}
        for update skip locked
      ))
      returning position, event_id, exchange, routing_key, body, correlation_id, headers, attempts`;
  }

  /**
   * Writes down what became of rows that were claimed; may be called again when it fails. Confirmed rows go, untried ones
   * are given back, and refused ones wait, twice as long after each refusal, so that the others pass.
   */
  async settle(entries: readonly OutboxEntry[], outcomes: readonly PublishOutcome[]): Promise<void> {
    if (outcomes.every((outcome) => outcome === 'confirmed')) return this.remove(entries);
    await this.database.transaction(async () => {
      await this.remove(entries.filter((_, index) => outcomes[index] === 'confirmed'));
      await this.release(entries.filter((_, index) => outcomes[index] === 'broker away'));
      for (const [index, entry] of entries.entries()) {
        const outcome = outcomes[index];
        if (typeof outcome === 'object') await this.postpone(entry, outcome.refused);
      }
    });
  }

  private async remove(entries: readonly OutboxEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await sql`delete from outbox where position = any(${positionsOf(entries)})`.execute(this.database.query);
  }

  private async release(entries: readonly OutboxEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const released = sql`update outbox set available_at = now() where position = any(${positionsOf(entries)})`;
    await released.execute(this.database.query);
  }

  private async postpone(entry: OutboxEntry, error: string): Promise<void> {
    await sql`
      update outbox
      set attempts = attempts + 1,
          available_at = now() + least(power(2, least(attempts, 10)), ${LONGEST_WAIT_SECONDS}) * interval '1 second',
          last_error = ${error}
      where position = ${entry.position}`.execute(this.database.query);
  }

  /** How many events wait, counted no further than the limit. */
  async count(limit: number): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count
      from (select 1 from outbox where position > ${this.floor.position} limit ${limit}) as waiting`.execute(
      this.database.query,
    );
    return rows[0]?.count ?? 0;
  }

  /** How many events wait, counted no further than the limit, and how long the oldest has waited. */
  async backlog(limit: number): Promise<OutboxBacklog> {
    const { rows } = await sql<OutboxBacklog>`
      with waiting as (
        select created_at, position from outbox where position > ${this.floor.position} order by position limit ${limit}
      )
      select count(*)::int as events,
             coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as age_seconds
      from waiting`.execute(this.database.query);
    return rows[0] ?? { events: 0, age_seconds: 0 };
  }
}

const positionsOf = (entries: readonly OutboxEntry[]): string[] => entries.map(({ position }) => position);

const byPosition = (one: OutboxEntry, other: OutboxEntry): number =>
  Number(BigInt(one.position) - BigInt(other.position));
