import {
  CloudEvent,
  OrderCancelled,
  OrderConfirmed,
  QueueKindsConfig,
  StockLow,
  TOPOLOGY,
} from '@app/contracts';
import { runInContext, ServiceName } from '@app/service';
import { TestDatabase } from '../../../../test/support/test-database';
import { orderConfirmed } from '../../../../test/support/messaging-harness';
import { openPersistence, type Persistence } from '../../../../test/support/persistence';
import { OutboxConfig } from '../config/outbox.config';
import { NotInTopology, OwnTopology } from '../config/own-topology';
import { Outbox } from './outbox';
import { outboxMigration } from './outbox-table';
import { WakeUp } from './wake-up';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

/** Counts the statements that insert, whatever their number of rows. */
const COUNT_INSERTS = `
  create table inserts (at timestamptz);
  create function count_insert() returns trigger language plpgsql security definer
    as 'begin insert into inserts values (now()); return null; end';
  create trigger count_inserts after insert on outbox for each statement execute function count_insert()`;

interface Row {
  routing_key: string;
  body: string;
}

describe(Outbox.name, () => {
  let testDatabase: TestDatabase;
  let persistence: Persistence<unknown>;
  let wokenUp: jest.SpyInstance;
  let sut: Outbox;

  beforeAll(async () => {
    testDatabase = await TestDatabase.create();
    persistence = await openPersistence(testDatabase.url, { '0001_outbox': outboxMigration });
    await testDatabase.query(COUNT_INSERTS);
  });

  beforeEach(async () => {
    await testDatabase.query('truncate outbox, inserts');
    const wakeUp = new WakeUp();
    wokenUp = jest.spyOn(wakeUp, 'call');
    const topology = new OwnTopology(new ServiceName('order-api'), new QueueKindsConfig(), {
      topology: TOPOLOGY,
    });
    sut = new Outbox(persistence.database, topology, wakeUp, new OutboxConfig());
  });

  afterAll(async () => {
    await persistence.close();
    await testDatabase.drop();
  });

  const rows = () => testDatabase.query<Row>('select * from outbox order by position');
  const events = async () => (await rows()).map(({ body }) => eventOf(body));
  const insertions = () => testDatabase.query('select * from inserts');

  it('inserts at once where there is no transaction, and wakes the relay', async () => {
    const order = orderConfirmed();
    await sut.add(OrderConfirmed, order);
    expect(await rows()).toEqual([
      expect.objectContaining({ routing_key: 'order.confirmed', attempts: 0, last_error: null }),
    ]);
    expect(await events()).toMatchObject([{ subject: order.orderId, data: order }]);
    expect(wokenUp).toHaveBeenCalledTimes(1);
  });

  it('refuses an event of an exchange that its service does not publish to, which no relay would send', async () => {
    const low = { sku: 'KAZOO', available: 1, threshold: 5, at: new Date().toISOString() };
    const work = persistence.database.transaction(async () => {
      await sut.add(OrderConfirmed, orderConfirmed());
      await sut.add(StockLow, low);
    });
    await expect(work).rejects.toThrow(NotInTopology);
    await expect(rows()).resolves.toEqual([]);
  });

  it('inserts all events of a transaction by one statement, in their order, and wakes the relay once', async () => {
    const orders = ['quo"te', 'back\\slash', '{brace}, ünicode'].map((name) => {
      const order = orderConfirmed();
      return { ...order, customer: { ...order.customer, name } };
    });
    await persistence.database.transaction(async () => {
      for (const order of orders) await sut.add(OrderConfirmed, order);
      await sut.add(OrderCancelled, orderConfirmed());
      expect(wokenUp).not.toHaveBeenCalled();
    });
    const types = (await rows()).map((row) => row.routing_key);
    expect(types).toEqual([...orders.map(() => 'order.confirmed'), 'order.cancelled']);
    expect((await events()).slice(0, 3).map(({ data }) => data)).toEqual(orders);
    expect(await insertions()).toHaveLength(1);
    expect(wokenUp).toHaveBeenCalledTimes(1);
  });

  it('keeps the context in which each event was added', async () => {
    const addAs = (correlationId: string) =>
      runInContext({ correlationId, traceparent: TRACEPARENT }, () =>
        sut.add(OrderConfirmed, orderConfirmed()),
      );
    await persistence.database.transaction(async () => {
      await addAs('request-1');
      await addAs('request-2');
    });
    expect(await rows()).toMatchObject([
      { correlation_id: 'request-1', headers: { traceparent: TRACEPARENT } },
      { correlation_id: 'request-2', headers: { traceparent: TRACEPARENT } },
    ]);
  });

  it('publishes an event as it was when it was added', async () => {
    const order = orderConfirmed();
    await persistence.database.transaction(async () => {
      await sut.add(OrderConfirmed, order);
      order.version = 99;
    });
    expect(await events()).toMatchObject([{ data: { version: 2 } }]);
  });

  it('inserts nothing, and does not wake the relay, when the transaction is rolled back', async () => {
    const work = persistence.database.transaction(async () => {
      await sut.add(OrderConfirmed, orderConfirmed());
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await rows()).toEqual([]);
    expect(wokenUp).not.toHaveBeenCalled();
  });
});

function eventOf(body: string): CloudEvent {
  const event: CloudEvent = JSON.parse(body);
  return event;
}
