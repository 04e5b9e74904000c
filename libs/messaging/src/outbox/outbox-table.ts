import { sqlMigration } from '@app/persistence';
import { Generated } from 'kysely';

/** An event that waits to be published. */
export interface OutboxTable {
  /** The order in which events were added; roughly, since transactions commit in another order. */
  position: Generated<string>;
  /** The event's id, and the id of the message in every attempt to publish it. */
  event_id: string;
  exchange: string;
  routing_key: string;
  /** The CloudEvents envelope, exactly as it will be sent. */
  body: string;
  correlation_id: string;
  headers: string;
  attempts: Generated<number>;
  /** Not to be published before: the end of a relay's lease, or of a wait after a failure. */
  available_at: Generated<Date>;
  last_error: string | null;
}

export interface OutboxSchema {
  outbox: OutboxTable;
}

/** Rows live for milliseconds, so the table is vacuumed by their number and not by their share. */
export const outboxMigration = sqlMigration(
  `create table outbox (
     position       bigint      generated always as identity primary key,
     event_id       uuid        not null,
     exchange       text        not null,
     routing_key    text        not null,
     body           text        not null,
     correlation_id text        not null,
     headers        jsonb       not null,
     attempts       integer     not null default 0,
     available_at   timestamptz not null default now(),
     last_error     text,
     created_at     timestamptz not null default now()
   ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)`,
);
