import { ORDER_EVENTS, QueueKindsConfig } from '@app/contracts';
import { loadConfig } from '@app/service';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { Shop } from '../support/shop/shop';

const exclusiveEmail = (): QueueKindsConfig => {
  const kinds = loadConfig([QueueKindsConfig], { EMAIL_QUEUE_KIND: 'exclusive' }).get(QueueKindsConfig);
  if (!(kinds instanceof QueueKindsConfig)) throw new Error('There is no such configuration.');
  return kinds;
};

describe('Email with an exclusive queue beside sms with a durable one', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open({ queueKinds: exclusiveEmail() }));
  });

  const email = () => shop.suite.services.get('email');
  const boundQueues = () => shop.broker.queuesOf(ORDER_EVENTS);
  const untilBound = (name: RegExp) =>
    eventually(async () => expect(await boundQueues()).toContainEqual(expect.stringMatching(name)));

  it('listens through a queue that the broker has named, and has no durable one', async () => {
    await untilBound(/^amq\.gen-/);
    expect(await boundQueues()).not.toContain('email.order_events');
    expect(await boundQueues()).toEqual(
      expect.arrayContaining(['inventory.order_events', 'sms.order_events']),
    );
    expect(Object.keys(await shop.broker.depths())).not.toContain('email.order_events');
  });

  it('sees what is published while both are there', async () => {
    const order = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(2));
    await eventually(async () => expect(await shop.textsOf(order)).toHaveLength(2));
  });

  it('misses what is published while both are away, and sms does not', async () => {
    await email().stop();
    await shop.suite.services.get('sms').stop();
    expect(await boundQueues()).not.toContainEqual(expect.stringMatching(/^amq\.gen-/));
    const missed = await shop.placeOrder({ KAZOO: 1 });
    await shop.untilOrder(missed.id, 'confirmed');
    await email().start();
    await shop.suite.services.get('sms').start();
    await untilBound(/^amq\.gen-/);

    const seen = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect(await shop.mailsOf(seen)).toHaveLength(2));
    await eventually(async () => expect(await shop.textsOf(seen)).toHaveLength(2));
    await eventually(async () => expect(await shop.textsOf(missed)).toHaveLength(2));
    expect(await shop.mailsOf(missed)).toEqual([]);
  });

  it('is bound anew after its connection was cut', async () => {
    const before = await boundQueues();
    await shop.broker.closeConnections(['email']);
    await eventually(async () => {
      const now = await boundQueues();
      expect(now).toHaveLength(before.length);
      expect(now).not.toEqual(before);
    });
    const order = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(2), { within: 10_000 });
  });

  it('piles nothing up anywhere', async () => {
    await shop.broker.quiet();
    const depths = Object.entries(await shop.broker.depths());
    expect(depths.filter(([, depth]) => depth !== 0)).toEqual([]); // `quiet` leaves the dead letters out
    expect(shop.crashes).toEqual([]);
  });
});
