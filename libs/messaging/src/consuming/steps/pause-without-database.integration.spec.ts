import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Database, DatabaseConfig } from '@app/persistence';
import { sql } from 'kysely';
import { RecordingSubscriber } from '../../../../../test/support/recording-subscriber';
import { eventually } from '../../../../../infra/eventually';
import { latch, MessagingHarness, orderConfirmed } from '../../../../../test/support/messaging-harness';
import { PauseWithoutDatabase } from './pause-without-database';

const QUEUE = 'email.order_events';

describe(PauseWithoutDatabase.name, () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [RecordingSubscriber],
    });
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(1));
  });
  afterAll(() => harness.close());

  const isPaused = () =>
    eventually(async () => {
      expect(await harness.consumers(QUEUE)).toBe(0);
      expect(await harness.waiting(QUEUE)).toBe(1);
    });

  it('stays paused for as long as the database is away, and says so once', async () => {
    const probes = jest.spyOn(harness.app.get(Database), 'ping');
    harness.postgres.cut();
    harness.send(OrderConfirmed, orderConfirmed());
    await isPaused();
    await eventually(() => expect(probes.mock.calls.length).toBeGreaterThan(2));
    await isPaused();
    expect(harness.log.filter((line) => line.includes('The database is not available'))).toHaveLength(1);
    harness.postgres.restore();
    await eventually(() => expect(harness.app.get(RecordingSubscriber).attempts).toHaveLength(1), {
      within: 10_000,
    });
    expect(harness.log.join('\n')).toContain('The database is back.');
    probes.mockRestore();
  });

  it('does not pause where all connections are in use: the message waits for one', async () => {
    harness.log.length = harness.app.get(RecordingSubscriber).attempts.length = 0;
    const database = harness.app.get(Database);
    const { held, release } = latch();
    let holding = 0;
    const { databasePoolSize } = harness.app.get(DatabaseConfig);
    const holders = Array.from({ length: databasePoolSize }, () =>
      database.transaction(async () => {
        await sql`select 1`.execute(database.query);
        holding += 1;
        await held;
      }),
    );
    await eventually(() => expect(holding).toBe(databasePoolSize));
    harness.send(OrderConfirmed, orderConfirmed());
    await eventually(() => expect(harness.log.join('\n')).toContain('waiting for a connection'));
    expect(await harness.consumers(QUEUE)).toBe(1);
    release();
    await Promise.all(holders);
    await eventually(() => expect(harness.app.get(RecordingSubscriber).attempts).toHaveLength(1));
    expect(harness.log.join('\n')).not.toContain('pausing');
  });
});
