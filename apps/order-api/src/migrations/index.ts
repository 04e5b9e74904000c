import { inboxMigration, outboxMigration } from '@app/messaging';
import { Migrations } from '@app/persistence';
import { productsMigration } from './0003-products';
import { ordersMigration } from './0004-orders';
import { demoProductsMigration } from './0005-demo-products';
import { idempotencyKeysMigration } from './0006-idempotency-keys';
import { remindersMigration } from './0007-reminders';

/** In the order of their numbers; never edited, only added to. */
export const MIGRATIONS: Migrations = {
  '0001_outbox': outboxMigration,
  '0002_inbox': inboxMigration,
  '0003_products': productsMigration,
  '0004_orders': ordersMigration,
  '0005_demo_products': demoProductsMigration,
  '0006_idempotency_keys': idempotencyKeysMigration,
  '0007_reminders': remindersMigration,
};
