import { Database } from '@app/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { sql } from 'kysely';

const RAISE_EVERY_MS = 1_000;

/** The last position that was drawn at some moment, and the transactions that may still commit one up to it. */
interface Mark {
  readonly position: string;
  /** Transactions that have written to the outbox and have not ended; each draws its positions after it has got its lock on the table. */
  readonly writers: readonly string[];
  /** When the server was started: another one may know less, and draw positions again. */
  readonly server: string;
}

/**
 * A position up to which the outbox has nothing left to publish, and never will have. Claims begin behind it: while a snapshot is open,
 * as a dump has one, the rows deleted since cannot be cleaned away, and a claim would read all of them each time.
 *
 * Positions are not commit order. So it passes those drawn before some moment only once every transaction has ended that had written
 * to the table by then; what waits to be published, or is leased, holds it back too. Each relay has its own, in memory.
 * @see https://www.postgresql.org/docs/current/view-pg-locks.html
 */
@Injectable()
export class OutboxFloor {
  private readonly logger = new Logger(OutboxFloor.name);
  private floor = '0';
  private server?: string;
  private mark?: Mark;
  private raising?: Promise<void>;

  constructor(private readonly database: Database) {}

  get position(): string {
    return this.floor;
  }

  /** Looks whether it may be raised. A database that is away keeps it where it is. */
  @Interval(RAISE_EVERY_MS)
  raise(): Promise<void> {
    this.raising ??= this.look()
      .catch((error: unknown) => this.logger.debug(error))
      .finally(() => (this.raising = undefined));
    return this.raising;
  }

  private async look(): Promise<void> {
    if (this.mark !== undefined && (await this.hasPassed(this.mark))) {
      this.floor = await this.lowestUpTo(this.mark.position);
      this.mark = undefined;
    }
    this.mark ??= await this.markNow();
    if (this.mark.server !== this.server || BigInt(this.mark.position) < BigInt(this.floor)) this.floor = '0';
    this.server = this.mark.server;
  }

  /** The position first: a transaction that has drawn one up to it is among the writers that are read after it, or has ended. */
  private async markNow(): Promise<Mark> {
    const { rows } = await sql<Omit<Mark, 'writers'>>`
      select last_value - case when is_called then 0 else 1 end as position, pg_postmaster_start_time()::text as server
      from outbox_position_seq`.execute(this.database.query);
    const [drawn = { position: '0', server: '' }] = rows;
    return { ...drawn, writers: await this.writers() };
  }

  private async hasPassed({ writers }: Mark): Promise<boolean> {
    const running = await this.writers();
    return !writers.some((writer) => running.includes(writer));
  }

  private async writers(): Promise<string[]> {
    const { rows } = await sql<{ writer: string }>`
      select virtualtransaction as writer from pg_locks
      where relation = 'outbox'::regclass and mode = 'RowExclusiveLock'`.execute(this.database.query);
    return rows.map(({ writer }) => writer);
  }

  /** Each dead row is read here once more, and by no claim after that. */
  private async lowestUpTo(position: string): Promise<string> {
    const { rows } = await sql<{ floor: string }>`
      select least(${position}, (select min(position) - 1 from outbox where position > ${this.floor})) as floor`.execute(
      this.database.query,
    );
    return rows[0]?.floor ?? this.floor;
  }
}
