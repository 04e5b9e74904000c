import { sqlMigration } from '@app/persistence';

/** What a rejection was answered with, so that it can be answered again. */
export const shortagesMigration = sqlMigration('alter table reservations add column shortages jsonb');
