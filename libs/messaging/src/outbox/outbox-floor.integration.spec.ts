import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Database } from '@app/persistence';
import { sql } from 'kysely';
import { Client } from 'pg';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { Outbox } from './outbox';
import { OutboxFloor } from './outbox-floor';
import { LARGEST_BATCH } from './batch-window';
import { OutboxStore } from './outbox-store';

const QUEUE = 'email.order_events';
const DEAD_ROWS = 50_000;

describe(OutboxFloor.name, () => {
  let harness: MessagingHarness;
  let database: Database;
  let sut: OutboxFloor;
  /** Another client of the database, with transactions of its own. */
  let other: Client;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'order-api' });
    database = harness.app.get(Database);
    sut = harness.app.get(OutboxFloor);
    other = new Client({ connectionString: harness.database.url });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await harness.close();
  });

  const add = () => harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
  const insert = (count: number, exchange = ORDER_EVENTS.name) => `
    insert into outbox (event_id, exchange, routing_key, body, correlation_id, headers)
    select gen_random_uuid(), '${exchange}', 'order.confirmed', '{}', 'late', '{}' from generate_series(1, ${count})`;
  const isPublished = () =>
    eventually(async () => expect(await harness.database.query('select position from outbox')).toEqual([]));
  const lastDrawn = async (): Promise<bigint> => {
    const [row] = await harness.database.query<{ last: string }>(
      'select last_value as last from outbox_position_seq',
    );
    return BigInt(row?.last ?? 0);
  };
  /** Waits until all that was drawn by now is below it. */
  const risesTo = (position: bigint) =>
    eventually(async () => {
      await sut.raise();
      expect(BigInt(sut.position)).toBeGreaterThanOrEqual(position);
    });
  /** As often as it takes to rise when nothing holds it back. */
  const raiseOften = async () => {
    for (let count = 0; count < 5; count += 1) await sut.raise();
  };

  it('hides nothing of an outbox that has not been written to', async () => {
    await raiseOften();
    expect(sut.position).toBe('0');
    await add();
    await isPublished();
  });

  it('rises above what is published', async () => {
    await add();
    await isPublished();
    await risesTo(await lastDrawn());
  });

  it('stays below a row whose transaction commits late, and that is published', async () => {
    await other.query('begin');
    await other.query(insert(1));
    const late = await lastDrawn();
    for (let count = 0; count < 20; count += 1) await add();
    await isPublished();
    await raiseOften();
    expect(BigInt(sut.position)).toBeLessThan(late);
    await other.query('commit');
    await eventually(async () => expect((await harness.take(QUEUE))?.properties.correlationId).toBe('late'));
    await isPublished();
    await risesTo(late);
  });

  it('stays below a row that waits', async () => {
    await harness.database.query(insert(1, 'of_no_relay'));
    const waiting = await lastDrawn();
    await add();
    await raiseOften();
    await raiseOften();
    expect(BigInt(sut.position)).toBe(waiting - 1n);
    await harness.database.query(`delete from outbox where exchange = 'of_no_relay'`);
    await isPublished();
  });

  it('begins anew where positions are drawn again', async () => {
    await risesTo(await lastDrawn());
    await harness.database.query('alter sequence outbox_position_seq restart');
    await add();
    await isPublished();
  });

  it('keeps the cost of a claim flat while an open snapshot keeps every dead row', async () => {
    await other.query('begin isolation level repeatable read');
    await other.query('select 1 from outbox');
    await harness.database.query(`${insert(DEAD_ROWS, 'of_no_relay')}; delete from outbox`);
    const withDeadRows = await blocksOfClaim();
    await risesTo(await lastDrawn());
    await expect(blocksOfClaim()).resolves.toBeLessThan(100);
    expect(withDeadRows).toBeGreaterThan(800);
    await other.query('commit');
  });

  /** How many blocks a claim reads that finds nothing. */
  const blocksOfClaim = async (): Promise<number> => {
    const claim = harness.app.get(OutboxStore).claimOf(ORDER_EVENTS.name, LARGEST_BATCH);
    const { rows } = await sql<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>`
      explain (analyze, buffers, format json) ${claim}`.execute(database.query);
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan ?? {};
    return (plan['Shared Hit Blocks'] ?? NaN) + (plan['Shared Read Blocks'] ?? NaN);
  };
});
