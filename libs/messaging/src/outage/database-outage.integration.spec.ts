import { Backoff } from '@app/amqp';
import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../../infra/eventually';
import { RecordingSubscriber } from '../../../../test/support/recording-subscriber';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { SentMessages } from '../idempotency/sent-messages';
import { Inbox } from '../idempotency/inbox';
import { DatabaseOutage } from './database-outage';

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;
const RETRY = `${QUEUE}.retry.1000`;

const DISK_FULL = '53100';
const STATEMENT_TIMEOUT = '57014';

/** More than the delivery limit of the queue, which is 50. */
const CYCLES = 60;

/** Milliseconds between two tries of an outage: sixty of them would else take half an hour. */
const WAIT_MS = 10;

describe.each([
  { receiver: Inbox, table: 'inbox' },
  { receiver: SentMessages, table: 'deliveries' },
])(`$receiver.name: ${DatabaseOutage.name}`, ({ receiver, table }) => {
  let harness: MessagingHarness;
  let mails: RecordingSubscriber;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [RecordingSubscriber],
      receiver,
    });
    mails = harness.app.get(RecordingSubscriber);
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(1));
    jest.spyOn(Backoff.prototype, 'next').mockReturnValue(WAIT_MS);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await harness.close();
  });
  beforeEach(async () => {
    mails.forget();
    harness.log.length = 0;
    await endRefusals();
    for (const queue of [DEAD, RETRY, QUEUE]) await harness.channel.purgeQueue(queue);
    for (const sequence of ['refused', 'refused_together']) {
      await harness.database.query(`drop sequence if exists ${sequence}; create sequence ${sequence}`);
      await harness.database.query(`grant all on sequence ${sequence} to ${harness.database.name}`);
    }
  });

  /** The database refuses statements where the condition is true of the rows that they add; counts them, and those of several rows. */
  const refuse = (condition: string, code: string) =>
    harness.database.query(`
      create or replace function refuse() returns trigger language plpgsql as $$ begin
        if ${condition} then
          perform nextval('refused');
          if (select count(*) from added) > 1 then perform nextval('refused_together'); end if;
          raise exception using errcode = '${code}';
        end if;
        return null;
      end $$;
      create trigger refuse after insert on ${table} referencing new table as added execute function refuse()`);
  const endRefusals = () => harness.database.query(`drop trigger if exists refuse on ${table}`);
  const count = async (sequence: 'refused' | 'refused_together'): Promise<number> => {
    const [row] = await harness.database.query<{ last: string }>(
      `select last_value as last from ${sequence}`,
    );
    return Number(row?.last);
  };
  const refusedMoreThan = (times: number) =>
    eventually(async () => expect(await count('refused')).toBeGreaterThan(times), { within: 60_000 });
  const send = (count: number): string[] =>
    Array.from({ length: count }, () => {
      const order = orderConfirmed();
      harness.send(OrderConfirmed, order, { messageId: order.orderId });
      return order.orderId;
    });
  const handled = (orderIds: readonly string[]) =>
    eventually(() => expect(new Set(mails.orderIds)).toEqual(new Set(orderIds)), { within: 100_000 });
  const pauses = (): number => harness.log.filter((line) => line.includes('pausing for at least')).length;
  const nothingFailed = async (): Promise<void> => {
    expect(await harness.waiting(DEAD)).toBe(0);
    expect(await harness.waiting(RETRY)).toBe(0);
    expect(harness.log.filter((line) => line.includes('next attempt'))).toEqual([]);
  };

  it('costs no message anything, however often it is tried: one at a time', async () => {
    await refuse('true', DISK_FULL);
    const orderIds = send(20);
    await refusedMoreThan(5);
    const together = await count('refused_together');
    await refusedMoreThan(CYCLES);
    expect(await count('refused_together')).toBe(together);
    await nothingFailed();
    await endRefusals();
    await handled(orderIds);
    await nothingFailed();
  });

  it('costs no message anything where it ends and begins again with each of them', async () => {
    const before = pauses();
    await refuse('(select count(*) from added) > 1', DISK_FULL);
    const orderIds = send(CYCLES + 10);
    await handled(orderIds);
    await nothingFailed();
    expect(pauses() - before).toBeGreaterThanOrEqual(CYCLES);
    await endRefusals();
  });

  it('is the failure of a message that meets it alone while others succeed', async () => {
    const poison = orderConfirmed();
    await refuse(`exists (select from added where message_id = '${poison.orderId}')`, STATEMENT_TIMEOUT);
    harness.send(OrderConfirmed, poison, { messageId: poison.orderId });
    const orderIds = send(20);
    // While it climbs the ladder, others go on to succeed.
    await eventually(
      async () => {
        orderIds.push(...send(1));
        expect(await harness.waiting(DEAD)).toBe(1);
      },
      { every: 200 },
    );
    await handled(orderIds);
    const letter = await harness.take(DEAD);
    expect(letter?.properties.messageId).toBe(poison.orderId);
    expect(letter?.properties.headers).toMatchObject({ 'x-failed-attempts': 2 });
    await endRefusals();
  });
});
