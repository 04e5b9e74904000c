import { sqlMigration } from '@app/persistence';

/** An order's lines never change after it was placed, so they are kept as the document that the customer agreed to. */
export const ordersMigration = sqlMigration(
  `create table orders (
     id         uuid        primary key,
     version    integer     not null default 1,
     status     text        not null default 'pending' check (status in ('pending', 'confirmed', 'rejected', 'cancelled')),
     customer   jsonb       not null,
     lines      jsonb       not null,
     total      jsonb       not null,
     created_at timestamptz not null default now()
   )`,
  `create index orders_by_status on orders (status, id)`,
  `create table order_history (
     order_id uuid        not null references orders (id),
     version  integer     not null,
     status   text        not null,
     reason   text,
     at       timestamptz not null default now(),
     primary key (order_id, version)
   )`,
);
