import { sqlMigration } from '@app/persistence';

/** How long an order has been waiting for its stock, by the clock of the database; and how often, and when last, it was reminded of. */
export const remindersMigration = sqlMigration(
  `alter table orders
     add column waiting_since timestamptz not null default now(),
     add column reminders     integer     not null default 0,
     add column reminded_at   timestamptz`,
);
