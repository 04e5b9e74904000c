import { type CloudEvent, ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { parsed } from '../../infra/json';
import { CheckedMessages } from '../support/contract/checked-messages';
import { closedAfterAll } from '../support/shop/closed-after-all';
import type { EventWatch } from '../support/shop/event-watch';
import { invariant } from '../support/shop/invariant';
import type { Order } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const SCHEMA_BASE_URL = 'https://shop.example/schemas';

describe('Orders whose decisions are lost', () => {
  let shop: Shop;
  let watch: EventWatch;
  const closing = closedAfterAll();

  beforeAll(async () => {
    const settings = { OVERDUE_AFTER_MS: '1000', SCHEMA_BASE_URL };
    shop = closing(await Shop.open({ env: { 'order-api': settings } }));
    watch = closing(await shop.broker.watch(ORDER_EVENTS));
  });

  /** Takes inventory's answers out of the queue before the order API sees them. */
  const loseAnswers = async (orders: number): Promise<void> => {
    const { services } = shop.suite;
    await eventually(async () =>
      expect(await shop.databases.count('orders', 'select count(*) from outbox')).toBe(0),
    );
    await services.get('order-api').stop();
    await services.get('inventory').start();
    await eventually(async () => {
      expect(await shop.databases.count('inventory', 'select count(*) from reservations')).toBe(orders);
      expect(await shop.databases.count('inventory', 'select count(*) from outbox')).toBe(0);
    });
    await shop.broker.purge('order-api.inventory_events');
    await services.get('order-api').start();
  };

  const titlesFor = async (order: Order): Promise<string[]> =>
    (await shop.mailsOf(order)).map(({ title }) => title);

  it('are found, decided as they were the first time, and their customers are told once', async () => {
    await shop.suite.services.get('inventory').stop();
    const served = await shop.placeOrder({ KAZOO: 2 });
    const refused = await shop.placeOrder({ KAZOO: 1, 'SOLD-OUT-SOCKS': 3 });
    await loseAnswers(2);
    await shop.untilOrder(served.id, 'confirmed', { within: 30_000 });
    const { history } = await shop.untilOrder(refused.id, 'rejected');
    expect(history.at(-1)?.reason).toContain('SOLD-OUT-SOCKS (3 ordered, 0 available)');
    expect(await invariant(shop)).toMatchObject({ accepted: 2, events: 4, lost: 0, repeated: 0 });
    expect(await titlesFor(served)).toEqual([
      expect.stringContaining('received'),
      expect.stringContaining('confirmed'),
    ]);
    expect(await titlesFor(refused)).toEqual([
      expect.stringContaining('received'),
      expect.stringContaining('Sorry'),
    ]);
    const found = 'select count(*) from orders where reminders > 0';
    expect(await shop.databases.count('orders', found)).toBe(2);
  });

  it('have been asked for by an event that is as its schema says, under the name that the shop gives to it', async () => {
    const asked = watch.messages.filter(({ fields }) => fields.routingKey === 'order.overdue');
    expect(asked.length).toBeGreaterThan(0);
    const contract = await CheckedMessages.of(shop);
    for (const message of asked) await contract.checkEvent(message);
    const { dataschema } = parsed<CloudEvent>(asked[0]?.content.toString() ?? '');
    expect(dataschema).toBe(`${SCHEMA_BASE_URL}/order.overdue/v1`);
    expect((await shop.call('/schemas/order.overdue/v1')).body).toMatchObject({ $id: dataschema });
  });
});
