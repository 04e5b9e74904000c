import { Database, DatabaseAvailability, DatabaseUnavailable, sqlMigration } from '@app/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { sql } from 'kysely';
import { AmbiguousDelivery, DeliveryInProgress } from './ambiguous-delivery';
import { IdempotentReceiver } from './idempotent-receiver';

export const deliveriesMigration = sqlMigration(
  `create table deliveries (
     consumer    text        not null,
     message_id  text        not null,
     state       text        not null check (state in ('sending', 'sent', 'unknown')),
     attempts    integer     not null default 1,
     lease_until timestamptz not null,
     updated_at  timestamptz not null default now(),
     primary key (consumer, message_id)
   )`,
  `create index deliveries_updated_at on deliveries (updated_at)`,
);

/** Outlasts every timeout of a provider call, so that no second process sends while the first still may. */
const LEASE = sql`now() + interval '30 seconds'`;
const HOUR_MS = 3_600_000;

/**
 * For effects outside, such as a mail: at least once. That it is being sent is committed before the call, that it was
 * sent after it; only a process that dies between the two, or an answer that never comes, makes a repeat,
 * which goes out under the same key.
 */
@Injectable()
export class DeliveryLog extends IdempotentReceiver {
  private readonly logger = new Logger(DeliveryLog.name);

  constructor(
    private readonly database: Database,
    private readonly availability: DatabaseAvailability,
  ) {
    super();
  }

  async receive(consumer: string, messageId: string, work: () => Promise<void>): Promise<void> {
    if (!(await this.open(consumer, messageId))) {
      if (await this.wasSent(consumer, messageId))
        return this.logger.log(`message ${messageId} was handled before`);
      throw new DeliveryInProgress(messageId);
    }
    try {
      await work();
    } catch (error) {
      await this.release(consumer, messageId, error instanceof AmbiguousDelivery ? 'unknown' : 'sending');
      throw error;
    }
    await this.close(consumer, messageId);
  }

  /** Longer than any message waits in a retry or dead-letter queue before somebody redrives it. */
  @Interval(HOUR_MS)
  async forgetOld(): Promise<void> {
    await sql`delete from deliveries where updated_at < now() - interval '30 days'`.execute(
      this.database.query,
    );
  }

  /** Takes the lease; false when it was sent already or somebody else holds a live lease. */
  private async open(consumer: string, messageId: string): Promise<boolean> {
    const { rows } = await sql`
      insert into deliveries as delivery (consumer, message_id, state, lease_until)
      values (${consumer}, ${messageId}, 'sending', ${LEASE})
      on conflict (consumer, message_id) do update
        set state = 'sending', lease_until = ${LEASE}, attempts = delivery.attempts + 1, updated_at = now()
        where delivery.state <> 'sent' and delivery.lease_until <= now()
      returning message_id`.execute(this.database.query);
    return rows.length === 1;
  }

  private async wasSent(consumer: string, messageId: string): Promise<boolean> {
    const { rows } = await sql`
      select 1 from deliveries
      where consumer = ${consumer} and message_id = ${messageId} and state = 'sent'`.execute(
      this.database.query,
    );
    return rows.length === 1;
  }

  /** Gives the lease back, so that the retry need not wait for its end. */
  private async release(consumer: string, messageId: string, state: 'sending' | 'unknown'): Promise<void> {
    await this.settle(consumer, messageId, state).catch((error: unknown) => this.logger.warn(error));
  }

  /** Waits for a database that went away meanwhile: giving up here would send a second time. */
  private async close(consumer: string, messageId: string): Promise<void> {
    for (;;) {
      try {
        return await this.settle(consumer, messageId, 'sent');
      } catch (error) {
        if (!(error instanceof DatabaseUnavailable)) throw error;
        await this.availability.whenAvailable();
      }
    }
  }

  private async settle(consumer: string, messageId: string, state: string): Promise<void> {
    await sql`
      update deliveries set state = ${state}, lease_until = now(), updated_at = now()
      where consumer = ${consumer} and message_id = ${messageId} and state <> 'sent'`.execute(
      this.database.query,
    );
  }
}
