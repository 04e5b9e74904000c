import { inboxMigration, outboxMigration } from '@app/messaging';
import { Migrations } from '@app/persistence';
import { stockMigration } from './0003-stock';
import { demoStockMigration } from './0004-demo-stock';
import { shortagesMigration } from './0005-shortages';

/** In the order of their numbers; never edited, only added to. */
export const MIGRATIONS: Migrations = {
  '0001_outbox': outboxMigration,
  '0002_inbox': inboxMigration,
  '0003_stock': stockMigration,
  '0004_demo_stock': demoStockMigration,
  '0005_shortages': shortagesMigration,
};
