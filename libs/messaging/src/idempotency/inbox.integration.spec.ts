import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { eventually } from '../../../../infra/eventually';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { OnEvent } from '../handlers/on-event.decorator';
import { received } from '../../../../test/support/received';
import { Inbox } from './inbox';

/** Counts its effects in the service's database, where a repeat would be seen. */
@Injectable()
class Counter {
  constructor(private readonly database: Database) {}

  @OnEvent(OrderConfirmed)
  async count({ orderId }: OrderConfirmed): Promise<void> {
    await sql`insert into effects (name) values (${orderId})`.execute(this.database.query);
  }
}

describe(Inbox.name, () => {
  let harness: MessagingHarness;
  let sut: Inbox;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      receiver: Inbox,
      handlers: [Counter],
    });
    sut = harness.app.get(Inbox);
    await sql`create table effects (name text not null)`.execute(harness.app.get(Database).query);
  });
  afterAll(() => harness.close());

  const effectsOf = async (name: string): Promise<number> =>
    (await harness.database.query('select 1 from effects where name = $1', [name])).length;
  const isRemembered = async (messageId: string): Promise<boolean> =>
    (await harness.database.query('select 1 from inbox where message_id = $1', [messageId])).length === 1;
  const effect = (name: string) => () =>
    harness.app.get(Counter).count({ ...orderConfirmed(), orderId: name });

  /** Lets a batch leave an effect for each message that is new. */
  const receiveTogether = (...ids: readonly string[]) =>
    sut.handle(
      ids.map((id) => received({ id })),
      async (messages) => {
        for (const { id } of messages) await effect(id)();
        return messages.map(() => 'done');
      },
    );

  const receive = async (consumer: string, id: string, work: () => Promise<void>): Promise<void> => {
    await sut.handle([received({ consumer, id })], async (messages) => {
      await work();
      return messages.map(() => 'done');
    });
  };

  it('counts the events of each producer by itself, though their ids are the same', async () => {
    const id = randomUUID();
    const orders = ['/till', '/till', '/order-api', '/webshop'].map((source) => {
      const data = orderConfirmed();
      harness.sendBody(ORDER_EVENTS, { specversion: '1.0', id, source, type: OrderConfirmed.type, data });
      return data;
    });
    const effects = () => Promise.all(orders.map(({ orderId }) => effectsOf(orderId)));
    await eventually(async () => expect(await effects()).toEqual([1, 0, 1, 1]));
    await expect(isRemembered(id)).resolves.toBe(true);
  });

  it('lets a message that comes three times at once have one effect', async () => {
    const id = randomUUID();
    await Promise.all([1, 2, 3].map(() => receive('email', id, effect(id))));
    await expect(effectsOf(id)).resolves.toBe(1);
  });

  it('remembers nothing of work that fails, neither its effect nor the message', async () => {
    const id = randomUUID();
    const failing = receive('email', id, async () => {
      await effect(id)();
      throw new Error('half done');
    });
    await expect(failing).rejects.toThrow('half done');
    await expect(isRemembered(id)).resolves.toBe(false);
    await expect(effectsOf(id)).resolves.toBe(0);
    await receive('email', id, effect(id));
    await expect(effectsOf(id)).resolves.toBe(1);
    await expect(isRemembered(id)).resolves.toBe(true);
  });

  it('lets a repeat that waited for the first do the work when that has failed', async () => {
    const id = randomUUID();
    const { held, release } = latch();
    const begun = latch();
    const first = receive('email', id, async () => {
      begun.release();
      await held;
      throw new Error('failed late');
    });
    await begun.held;
    const repeat = receive('email', id, effect(id));
    const blocked = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await eventually(async () => expect(await harness.database.query(blocked)).toHaveLength(1));
    release();
    await expect(first).rejects.toThrow('failed late');
    await repeat;
    await expect(effectsOf(id)).resolves.toBe(1);
  });

  it('lets a batch have one effect for each message: with a repeat in it, and with what was handled before', async () => {
    const [before, twice, once] = [randomUUID(), randomUUID(), randomUUID()];
    await receiveTogether(before);
    await expect(receiveTogether(twice, before, once, twice)).resolves.toEqual([
      'done',
      'repeated',
      'done',
      'repeated',
    ]);
    await expect(receiveTogether(once, before)).resolves.toEqual(['repeated', 'repeated']);
    await expect(Promise.all([before, twice, once].map(effectsOf))).resolves.toEqual([1, 1, 1]);
  });

  it('does a batch again that PostgreSQL has ended for a deadlock, and neither fails', async () => {
    const [here, there] = [latch(), latch()];
    const lock = (key: number) =>
      sql`select pg_advisory_xact_lock(${key})`.execute(harness.app.get(Database).query);
    const [one, other] = [randomUUID(), randomUUID()];
    let tries = 0;
    const crossing = (id: string, own: typeof here, others: typeof here, keys: [number, number]) =>
      receive('email', id, async () => {
        tries += 1;
        await effect(id)();
        await lock(keys[0]);
        own.release();
        await others.held;
        await lock(keys[1]);
      });
    await Promise.all([crossing(one, here, there, [1, 2]), crossing(other, there, here, [2, 1])]);
    expect(tries).toBe(3);
    await expect(Promise.all([one, other].map(effectsOf))).resolves.toEqual([1, 1]);
  });

  it('counts each consumer by itself', async () => {
    const id = randomUUID();
    await receive('email', id, effect(id));
    await receive('statistics', id, effect(id));
    await expect(effectsOf(id)).resolves.toBe(2);
  });

  it('forgets messages after 30 days, however many there are', async () => {
    await harness.database.query(
      `insert into inbox select 'email', 'old ' || n, now() - interval '31 days' from generate_series(1, 2500) n`,
    );
    const [old, recent] = [randomUUID(), randomUUID()];
    for (const id of [old, recent]) await receive('email', id, effect(id));
    const age = 'update inbox set received_at = now() - $2::interval where message_id = $1';
    await harness.database.query(age, [old, '30 days 1 hour']);
    await harness.database.query(age, [recent, '29 days 23 hours']);
    await sut.forgetOld();
    await expect(Promise.all([old, recent].map(isRemembered))).resolves.toEqual([false, true]);
    const left = `select 1 from inbox where received_at < now() - interval '30 days'`;
    await expect(harness.database.query(left)).resolves.toEqual([]);
  });
});
