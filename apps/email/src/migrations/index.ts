import { deliveriesMigration, orderVersionsMigration } from '@app/messaging';
import { Migrations } from '@app/persistence';

/** In the order of their numbers; never edited, only added to. */
export const MIGRATIONS: Migrations = {
  '0001_deliveries': deliveriesMigration,
  '0002_news': orderVersionsMigration,
};
