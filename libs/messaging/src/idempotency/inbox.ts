import { Database, deleteOld, sqlMigration } from '@app/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { IdempotentReceiver } from './idempotent-receiver';

interface InboxSchema {
  inbox: { consumer: string; message_id: string };
}

export const inboxMigration = sqlMigration(
  `create table inbox (
     consumer    text        not null,
     message_id  text        not null,
     received_at timestamptz not null default now(),
     primary key (consumer, message_id)
   )`,
  `create index inbox_received_at on inbox (received_at)`,
);

const FORGET_EVERY_MS = 600_000;

/**
 * For effects in the own database: the message id is inserted in the transaction of the effect, so both are there
 * or neither is. A repeat that comes while the first is still running waits for it.
 */
@Injectable()
export class Inbox extends IdempotentReceiver {
  private readonly logger = new Logger(Inbox.name);

  constructor(private readonly database: Database<InboxSchema>) {
    super();
  }

  async receive(consumer: string, messageId: string, work: () => Promise<void>): Promise<void> {
    await this.database.transaction(async () => {
      if (await this.isFirst(consumer, messageId)) await work();
      else this.logger.log(`message ${messageId} was handled before`);
    });
  }

  /** A repeat that comes later, such as a dead letter that is redriven only then, would be handled as if it were new. */
  @Interval(FORGET_EVERY_MS)
  async forgetOld(): Promise<void> {
    const old = { table: 'inbox', since: 'received_at', age: '30 days' };
    await deleteOld(this.database, old).catch((error: unknown) => this.logger.warn(error));
  }

  private async isFirst(consumer: string, messageId: string): Promise<boolean> {
    const inserted = await this.database.query
      .insertInto('inbox')
      .values({ consumer, message_id: messageId })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return inserted.numInsertedOrUpdatedRows === 1n;
  }
}
