import { OrderConfirmed } from '@app/contracts';
import { Readiness } from '@app/service';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { Outbox } from './outbox';
import { OutboxFull, OutboxBackpressure } from './outbox-backpressure';

const LIMIT = 3;

describe(OutboxBackpressure.name, () => {
  let harness: MessagingHarness;
  let sut: OutboxBackpressure;

  beforeAll(async () => {
    const environment = { OUTBOX_LIMIT: String(LIMIT) };
    harness = await MessagingHarness.boot({ service: 'order-api', environment, withoutBroker: true });
    sut = harness.app.get(OutboxBackpressure);
  });
  afterAll(() => harness.close());

  const add = () => harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
  const health = async () => (await harness.app.get(Readiness).report()).checks.outbox;

  it('lets work in while no more events wait than the limit', async () => {
    for (let count = 0; count < LIMIT; count += 1) await add();
    await sut.look();
    expect(() => sut.assertRoom()).not.toThrow();
    await expect(health()).resolves.toBe('up');
  });

  it('alerts once when as many wait, also without a broker: in the log', async () => {
    await sut.look();
    expect(harness.log.filter((line) => line.includes('OUTBOX_LAGS'))).toEqual([
      expect.stringContaining(`${LIMIT} events wait`),
    ]);
  });

  it('lets none in beyond it, and says when to come back', async () => {
    await add();
    await sut.look();
    expect(() => sut.assertRoom()).toThrow(OutboxFull);
    expect(new OutboxFull(LIMIT)).toMatchObject({ retryAfterSeconds: 30 });
    await expect(health()).resolves.toBe('down');
  });

  it('does so again once the broker has taken them, by itself', async () => {
    harness.broker.restore();
    await eventually(() => expect(() => sut.assertRoom()).not.toThrow(), { within: 30_000 });
    await expect(health()).resolves.toBe('up');
  });
});
