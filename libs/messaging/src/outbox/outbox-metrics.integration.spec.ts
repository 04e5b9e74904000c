import { OrderConfirmed } from '@app/contracts';
import { Registry } from 'prom-client';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { Scrape } from '../../../../test/support/scrape';
import { Outbox } from './outbox';
import { OutboxMetrics } from './outbox-metrics';

describe(OutboxMetrics.name, () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'order-api', withoutBroker: true });
  });
  afterAll(() => harness.close());

  const scraped = () => Scrape.from(harness.app.get(Registry));
  const events = async () => (await scraped()).sum('outbox_events');
  const oldest = async () => (await scraped()).sum('outbox_oldest_event_age_seconds');

  it('tell how many events wait for the broker, and how long the oldest has', async () => {
    await expect(oldest()).resolves.toBe(0);
    for (let count = 0; count < 3; count += 1)
      await harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
    await expect(events()).resolves.toBe(3);
    await harness.database.query(
      `update outbox set created_at = now() - interval '1 hour' where position = (select min(position) from outbox)`,
    );
    const before = (await oldest()) ?? 0;
    expect(before).toBeGreaterThan(3_599);
    expect(before).toBeLessThan(3_660);
    await eventually(async () => expect(await oldest()).toBeGreaterThan(before));
    expect((await scraped()).by('connection', 'amqp_connection_open')).toEqual({
      publishing: 0,
      consuming: 0,
    });
  });

  it('are left out while the database is away, and all else is told', async () => {
    harness.postgres.cut();
    await eventually(async () => expect(await events()).toBeUndefined());
    expect((await scraped()).names).toContain('process_cpu_seconds_total');
    harness.postgres.restore();
    await eventually(async () => expect(await events()).toBe(3));
  });

  it('come back to nothing once the broker has confirmed', async () => {
    harness.broker.restore();
    await eventually(async () => expect(await events()).toBe(0), { within: 30_000 });
    await expect(oldest()).resolves.toBe(0);
    const scrape = await scraped();
    const published = scrape.by('outcome', 'amqp_publish_duration_seconds_count', {
      exchange: 'order_events',
    });
    expect(published.confirmed).toBeGreaterThanOrEqual(3);
    expect(scrape.by('exchange', 'outbox_publishing_paused')).toEqual({ order_events: 0 });
  });
});
