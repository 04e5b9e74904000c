import { sqlMigration } from '@app/persistence';

export const idempotencyKeysMigration = sqlMigration(
  `create table idempotency_keys (
     key        text        primary key,
     body_hash  bytea       not null,
     answer     json,
     created_at timestamptz not null default now()
   )`,
  `create index idempotency_keys_created_at on idempotency_keys (created_at)`,
);
