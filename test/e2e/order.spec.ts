import { randomUUID } from 'node:crypto';
import { ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import type { Answer } from '../../infra/http';
import { invariant } from '../support/shop/invariant';
import { aCustomer, anOrder, type Order, type OrderPage } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

describe('The way of an order', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    // That its collector of traces is away must make no difference.
    const env = { email: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' } };
    shop = closing(await Shop.open({ mailServer: 'suite', env }));
  });

  const untilTold = async (order: Order, ...words: string[]): Promise<void> => {
    for (const told of [() => shop.mailsOf(order), () => shop.textsOf(order)]) {
      await eventually(async () => {
        const titles = (await told()).map(({ title }) => title);
        for (const word of words) expect(titles).toContainEqual(expect.stringContaining(word));
      });
      expect(await told()).toHaveLength(words.length);
    }
  };

  it('is confirmed when everything is in stock, and the customer hears of it by mail and text', async () => {
    const before = await shop.stock('YO-YO');
    const customer = aCustomer();
    const { status, headers, body } = await shop.ask(anOrder({ 'YO-YO': 2, KAZOO: 1 }, customer));
    expect(status).toBe(201);
    const { id }: Order = body;
    expect(headers.get('location')).toBe(`/orders/${id}`);
    expect(body).toMatchObject({
      status: 'pending',
      version: 1,
      customer,
      total: { amount: 1947, currency: 'EUR' },
    });

    const order = await shop.untilOrder(id, 'confirmed');
    expect(order.history.map((entry) => entry.status)).toEqual(['pending', 'confirmed']);
    expect(order.version).toBe(2);
    await untilTold(order, 'received', 'confirmed');
    expect(await shop.stock('YO-YO')).toEqual({
      ...before,
      reserved: before.reserved + 2,
      available: before.available - 2,
    });
  });

  it('is rejected as a whole when one product is sold out, with the reason, and reserves nothing', async () => {
    const before = await shop.allStock();
    const { id } = await shop.placeOrder({ 'GARDEN-GNOME': 1, 'SOLD-OUT-SOCKS': 3 });
    const order = await shop.untilOrder(id, 'rejected');
    expect(order.history.at(-1)?.reason).toContain('SOLD-OUT-SOCKS (3 ordered, 0 available)');
    await untilTold(order, 'received', 'Sorry');
    expect(await shop.allStock()).toEqual(before);
  });

  it("can be followed from the request to its events by its correlation id, and by the caller's trace", async () => {
    const watch = await shop.broker.watch(ORDER_EVENTS);
    const correlationId = `it-was-me-${randomUUID()}`;
    const trace = {
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      tracestate: 'shop=1',
    };
    const { headers, body } = await shop.ask(anOrder({ KAZOO: 1 }), {
      'x-correlation-id': correlationId,
      ...trace,
    });
    const { id }: Order = body;
    expect(headers.get('x-correlation-id')).toBe(correlationId);
    await eventually(() => expect(watch.typesOf(id)).toEqual(['order.created', 'order.confirmed']));
    for (const { message } of watch.about(id)) {
      expect(message.properties.correlationId).toBe(correlationId);
      expect(message.properties.headers).toMatchObject(trace);
    }
    await watch.close();
  });

  it('sells what inventory knows', async () => {
    const products: { sku: string }[] = (await shop.call('/products')).body;
    expect(products.length).toBeGreaterThanOrEqual(12);
    expect(products.map(({ sku }) => sku)).toEqual((await shop.allStock()).map(({ sku }) => sku));
    expect((await shop.call('/products/YO-YO')).body).toMatchObject({ sku: 'YO-YO', price: { amount: 799 } });
  });

  it('is listed newest first, page by page, also while new orders come in', async () => {
    const placed: string[] = [];
    for (let i = 0; i < 5; i += 1) placed.unshift((await shop.placeOrder({ KAZOO: 1 })).id);
    const listed: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: OrderPage = (await shop.call(`/orders?limit=2${cursor && `&cursor=${cursor}`}`)).body;
      listed.push(...page.items.map(({ id }) => id));
      if (cursor === '') await shop.placeOrder({ KAZOO: 1 });
      cursor = page.nextCursor;
    }
    expect(listed.slice(0, 5)).toEqual(placed);
    expect(listed).toHaveLength(shop.accepted.size - 1);
    expect(new Set(listed).size).toBe(listed.length);
  });

  /** Newest first, as they stand in the database. */
  const idsOf = async (status: string): Promise<string[]> => {
    const orders = 'select id from orders where status = $1 order by id desc';
    return (await shop.databases.rows<{ id: string }>('orders', orders, [status])).map(({ id }) => id);
  };

  it('is listed by its state', async () => {
    await eventually(async () => expect(await idsOf('pending')).toEqual([]));
    for (const status of ['confirmed', 'rejected']) {
      const page: OrderPage = (await shop.call(`/orders?status=${status}&limit=100`)).body;
      expect(page.items.map(({ id }) => id)).toEqual(await idsOf(status));
    }
    expect((await idsOf('confirmed')).length).toBeGreaterThan(1);
  });

  describe('cancelled', () => {
    it('before inventory has seen it keeps nothing reserved', async () => {
      const before = await shop.stock('DISCO-BALL');
      const watch = await shop.broker.watch(ORDER_EVENTS);
      const inventory = shop.suite.services.get('inventory');
      await inventory.stop();
      const { id } = await shop.placeOrder({ 'DISCO-BALL': 3 });
      expect(await shop.cancel(id)).toMatchObject({ status: 200, body: { id, status: 'cancelled' } });
      await eventually(() => expect(watch.typesOf(id)).toEqual(['order.created', 'order.cancelled']));
      await inventory.start();

      const news = watch.about(id).map(({ event }) => event.id);
      await eventually(async () => expect(await handledByInventory(news)).toBe(2));
      expect(await shop.stock('DISCO-BALL')).toEqual(before);
      await watch.close();
      const order = await shop.order(id);
      expect(order.history.map(({ status }) => status)).toEqual(['pending', 'cancelled']);
      await untilTold(order, 'received', 'cancelled');
    });

    it('after it was confirmed gives its stock back', async () => {
      const before = await shop.stock('UKULELE');
      const { id } = await shop.placeOrder({ UKULELE: 4 });
      await shop.untilOrder(id, 'confirmed');
      expect((await shop.stock('UKULELE')).reserved).toBe(before.reserved + 4);
      // Of several replicas, one may be quicker with the cancellation; then the customer would not read of the confirmation.
      await untilTold(await shop.order(id), 'received', 'confirmed');
      expect((await shop.cancel(id)).status).toBe(200);
      await eventually(async () => expect(await shop.stock('UKULELE')).toEqual(before));
      await untilTold(await shop.order(id), 'received', 'confirmed', 'cancelled');
    });

    it('twice is 200 both times, and one event', async () => {
      const watch = await shop.broker.watch(ORDER_EVENTS);
      const { id } = await shop.placeOrder({ KAZOO: 1 });
      await shop.untilOrder(id, 'confirmed');
      const answers = [await shop.cancel(id), await shop.cancel(id)];
      const cancelled = { status: 200, body: { status: 'cancelled', version: 3 } };
      expect(answers).toMatchObject([cancelled, cancelled]);
      const next = await shop.placeOrder({ KAZOO: 1 });
      await eventually(() => expect(watch.typesOf(next.id)).toContain('order.confirmed'));
      expect(watch.typesOf(id)).toEqual(['order.created', 'order.confirmed', 'order.cancelled']);
      await watch.close();
    });

    const handledByInventory = (eventIds: readonly string[]): Promise<number> =>
      shop.databases.count('inventory', 'select count(*) from inbox where message_id = any($1)', [eventIds]);
  });

  describe('answers what it cannot do with a problem', () => {
    const post = (body: object | string) => () => shop.call('/orders', { method: 'POST', body });
    const kazoo = { sku: 'KAZOO', quantity: 1 };
    const withLines = (...lines: object[]) => ({ ...anOrder({}), lines });
    const unknown = '01890a5d-ac96-774b-bcce-b302099a8057';

    it.each<[string, number, () => Promise<Answer>]>([
      ['an unknown order', 404, () => shop.call(`/orders/${unknown}`)],
      ['the cancellation of an unknown order', 404, () => shop.cancel(unknown)],
      ['an unknown path', 404, () => shop.call('/nowhere')],
      ['an unknown product', 404, () => shop.call('/products/FLYING-CARPET')],
      ['an id that is none', 400, () => shop.call('/orders/my-order')],
      ['a body that is not JSON', 400, post('{"customer":')],
      ['an unknown SKU', 422, post(anOrder({ KAZOO: 1, 'FLYING-CARPET': 1 }))],
    ])('%s: %d', async (_, status, ask) => {
      expectProblem(await ask(), status);
    });

    it.each<[string, string, () => Promise<Answer>]>([
      ['an unknown member', 'coupon', post({ ...anOrder({ KAZOO: 1 }), coupon: 'FREE' })],
      ['a price of the caller', 'lines[0].unitPrice', post(withLines({ ...kazoo, unitPrice: 1 }))],
      ['no lines', 'lines', post(withLines())],
      [
        '101 lines',
        'lines',
        post(withLines(...Array.from({ length: 101 }, (_, i) => ({ sku: `${i}`, quantity: 1 })))),
      ],
      ['a quantity of 0', 'lines[0].quantity', post(anOrder({ KAZOO: 0 }))],
      ['a quantity of 1,001', 'lines[0].quantity', post(anOrder({ KAZOO: 1_001 }))],
      ['a SKU twice', 'lines', post(withLines(kazoo, kazoo))],
      ['two addresses', 'customer.email', post(anOrder({ KAZOO: 1 }, aCustomer('a@b.de, c@d.de')))],
      ['a page of 0 orders', 'limit', () => shop.call('/orders?limit=0')],
      ['a cursor that is none', 'cursor', () => shop.call('/orders?cursor=page-2')],
    ])('%s: 400, and the path %s', async (_, path, ask) => {
      expectProblem(await ask(), 400, path);
    });

    it('the cancellation of a rejected order: 409', async () => {
      const { id } = await shop.placeOrder({ 'SOLD-OUT-SOCKS': 1 });
      await shop.untilOrder(id, 'rejected');
      expectProblem(await shop.cancel(id), 409);
    });
  });

  it('leaves nothing behind: no event waits, and every book says the same', async () => {
    expect(await invariant(shop)).toMatchObject({ refused: 0, lost: 0, repeatedMails: 0, repeatedTexts: 0 });
  });
});

/** Problem details (RFC 9457) that tell nothing of the inside. */
function expectProblem({ status, headers, body }: Answer, wanted: number, path?: string): void {
  expect(status).toBe(wanted);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toEqual({
    type: expect.any(String),
    title: expect.any(String),
    status: wanted,
    detail: expect.any(String),
    instance: expect.stringMatching(/^\//),
    ...(path !== undefined && { errors: expect.arrayContaining([{ path, message: expect.any(String) }]) }),
  });
  expect(JSON.stringify(body)).not.toMatch(/\bat \/|node_modules|select |insert /i);
}
