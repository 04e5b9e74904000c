import { sqlMigration } from '@app/persistence';

/** The checks are the last line of defence: whatever the code does, no product is ever oversold. */
export const stockMigration = sqlMigration(
  `create table stock (
     sku           text    primary key,
     on_hand       integer not null check (on_hand >= 0),
     reserved      integer not null default 0 check (reserved between 0 and on_hand),
     low_threshold integer not null default 0 check (low_threshold >= 0)
   )`,
  `create table reservations (
     order_id   uuid        primary key,
     status     text        not null check (status in ('reserved', 'rejected', 'released', 'cancelled')),
     lines      jsonb       not null,
     decided_at timestamptz not null default now()
   )`,
);
