import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import createClient from 'openapi-fetch';
import { CheckedAnswers, type OpenApiDocument } from './checked-answers';
import type { paths } from '../../docs/contracts/order-api';
import { aCustomer, anOrder } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

describe('The order API', () => {
  let shop: Shop;
  let document: OpenApiDocument;
  let answers: CheckedAnswers;
  let client: ReturnType<typeof createClient<paths>>;
  /** A call whose body never ends. It begins with the tests, since the server waits for 10 s. */
  let unfinished: Promise<PromiseSettledResult<Response>[]>;

  beforeAll(async () => {
    shop = await Shop.open({ without: ['email', 'sms', 'sms-gateway'] });
    document = (await shop.call('/openapi.json')).body;
    answers = new CheckedAnswers(document);
    client = createClient<paths>({ baseUrl: shop.suite.services.get('order-api').url, fetch: answers.fetch });
    const body = new ReadableStream({ start: (begun) => begun.enqueue(Buffer.from('{')) });
    const endless = { method: 'POST', body, duplex: 'half' } as const;
    unfinished = Promise.allSettled([raw('/orders', endless)]);
  });

  afterAll(() => shop.close());

  const placed = async (sku: string) => {
    const { data } = await client.POST('/orders', { body: anOrder({ [sku]: 1 }) });
    if (data === undefined) throw new Error('The order was not accepted.');
    return data;
  };

  /** A call that no typed client would make. */
  const raw = (path: string, options: RequestInit = {}): Promise<Response> =>
    answers.fetch(
      new Request(`${shop.suite.services.get('order-api').url}${path}`, {
        headers: { 'content-type': 'application/json' },
        ...options,
      }),
    );

  /** Headers that `fetch` would add or refuse. */
  const withHeaders = async (path: string, headers: OutgoingHttpHeaders): Promise<Response> => {
    const url = `${shop.suite.services.get('order-api').url}${path}`;
    const asking = request(url, { headers, setHost: false }).end();
    const [answer]: IncomingMessage[] = await once(asking, 'response');
    if (answer === undefined) throw new Error('There is no answer');
    const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const response = new Response(await text(answer), { status: answer.statusCode, headers: told });
    await answers.check({ method: 'GET', url }, response.clone());
    return response;
  };

  it('says what it takes and answers, on a page and as a document, and nothing of its inside', async () => {
    expect(document.openapi).toBe('3.1.0');
    expect((await shop.call('/docs/json')).body).toEqual(document);
    const page = await fetch(`${shop.suite.services.get('order-api').url}/docs`);
    expect(await page.text()).toContain('<title>Order API</title>');
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'AvailableProduct',
      'Customer',
      'Money',
      'Order',
      'OrderHistoryEntry',
      'OrderLine',
      'OrderPage',
      'OrderWithHistory',
      'PlaceOrder',
      'Problem',
      'Product',
      'StockLine',
      'UnreadableRequest',
    ]);
  });

  it('shows the events on a page and as a document, and each schema under its name', async () => {
    const page = await fetch(`${shop.suite.services.get('order-api').url}/docs/events`);
    const html = await page.text();
    expect(html).toContain('<h3 id="order.created">order.created</h3>');
    expect(html).toMatch(/inventory\.availability\.answers.*<td>inventory<\/td><td>order-api<\/td>/);
    expect((await shop.call('/docs/events.json')).body).toMatchObject({ asyncapi: '3.0.0' });
    expect((await shop.call('/schemas/order.created/v1')).body).toMatchObject({
      $id: 'https://order-events.example/schemas/order.created/v1',
      title: 'OrderCreated',
    });
    expect((await shop.call('/schemas/order.created/v2')).status).toBe(404);
  });

  it('accepts every example of a body', async () => {
    const examples =
      document.paths['/orders']?.post?.requestBody?.content['application/json']?.examples ?? {};
    expect(Object.keys(examples)).toEqual(['in stock', 'sold out']);
    for (const { value } of Object.values(examples))
      expect((await raw('/orders', { method: 'POST', body: JSON.stringify(value) })).status).toBe(201);
  });

  describe('to a client that is typed by its document', () => {
    it('places an order once under its key, and says so', async () => {
      const call = { body: anOrder({ 'YO-YO': 1 }), params: { header: { 'Idempotency-Key': randomUUID() } } };
      const first = await client.POST('/orders', call);
      const second = await client.POST('/orders', call);
      expect(second.data).toEqual(first.data);
      expect(first.response.headers.get('location')).toBe(`/orders/${first.data?.id}`);
      expect(first.response.headers.has('idempotent-replayed')).toBe(false);
      expect(second.response.headers.get('idempotent-replayed')).toBe('true');
    });

    it('shows an order, and again only when it has changed', async () => {
      const { id } = await placed('KAZOO');
      await shop.untilOrder(id, 'confirmed');
      const params = { path: { id } };
      const first = await client.GET('/orders/{id}', { params });
      const tag = first.response.headers.get('etag') ?? '';
      expect(tag).toBe('"2"');
      const ask = (known: string) =>
        client.GET('/orders/{id}', { params: { ...params, header: { 'If-None-Match': known } } });
      for (const known of [tag, `W/${tag}`, `"1", ${tag}`, '*'])
        expect((await ask(known)).response.status).toBe(304);
      expect((await ask('"1"')).data).toEqual(first.data);
      const cancelled = await client.POST('/orders/{id}/cancel', { params });
      expect(cancelled.data).toMatchObject({ status: 'cancelled', version: 3 });
      expect((await ask(tag)).data).toEqual(cancelled.data);
    });

    it('shows why an order was rejected', async () => {
      const { id } = await placed('SOLD-OUT-SOCKS');
      await shop.untilOrder(id, 'rejected');
      const { data } = await client.GET('/orders/{id}', { params: { path: { id } } });
      expect(data?.history.at(-1)?.reason).toContain('SOLD-OUT-SOCKS');
    });

    it('lists orders page by page, up to the last, whose cursor is null', async () => {
      await placed('KAZOO');
      await placed('KAZOO');
      const first = await client.GET('/orders', { params: { query: { limit: 1 } } });
      const cursor = first.data?.nextCursor ?? undefined;
      expect(cursor).toEqual(expect.any(String));
      const rest = await client.GET('/orders', { params: { query: { limit: 100, cursor } } });
      expect(rest.data?.nextCursor).toBeNull();
      expect(rest.data?.items.length).toBeGreaterThan(0);
      const rejected = await client.GET('/orders', { params: { query: { status: 'rejected' } } });
      expect(rejected.data?.items.map(({ status }) => status)).toContain('rejected');
    });

    it('shows products, and null for what inventory does not say', async () => {
      const { data: products = [] } = await client.GET('/products');
      const [{ sku } = { sku: '' }] = products;
      const params = { path: { sku } };
      expect((await client.GET('/products/{sku}', { params })).data?.available).toEqual(expect.any(Number));
      await shop.suite.services.get('inventory').pause();
      expect((await client.GET('/products/{sku}', { params })).data?.available).toBeNull();
      await shop.suite.services.get('inventory').resume();
    });
  });

  describe('answers to what no typed client would send, as documented', () => {
    const post = (body: object | string, headers = {}) =>
      raw('/orders', {
        method: 'POST',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
    const cancel = (body: string, type = 'application/json') =>
      raw(`/orders/${randomUUID()}/cancel`, { method: 'POST', body, headers: { 'content-type': type } });
    const kazoo = anOrder({ KAZOO: 1 });
    const unknown = randomUUID();

    it.each<[string, number, () => Promise<Response>]>([
      ['an unknown member', 400, () => post({ ...kazoo, coupon: 'FREE' })],
      ['a quantity of 1,001', 400, () => post(anOrder({ KAZOO: 1_001 }))],
      ['no lines', 400, () => post(anOrder({}))],
      ['two addresses', 400, () => post(anOrder({ KAZOO: 1 }, aCustomer('a@b.de, c@d.de')))],
      ['a body that is not JSON', 400, () => post('{"customer":')],
      ['a key with a space', 400, () => post(kazoo, { 'idempotency-key': 'my key' })],
      ['a body that is too large', 413, () => post({ ...kazoo, coupon: 'x'.repeat(70_000) })],
      ['a body of another type', 415, () => post('KAZOO', { 'content-type': 'text/plain' })],
      ['an unknown product', 422, () => post(anOrder({ 'FLYING-CARPET': 1 }))],
      ['an id that is none', 400, () => raw('/orders/my-order')],
      ['an unknown order', 404, () => raw(`/orders/${unknown}`)],
      [
        'the cancellation of no order',
        400,
        () => raw('/orders/my-order/cancel', { method: 'POST', headers: {} }),
      ],
      [
        'the cancellation of an unknown order',
        404,
        () => raw(`/orders/${unknown}/cancel`, { method: 'POST', headers: {} }),
      ],
      ['a cancellation with half a body', 400, () => cancel('{"reason":')],
      ['a cancellation with a body that is too large', 413, () => cancel('x'.repeat(70_000))],
      ['a cancellation with a body of another type', 415, () => cancel('Please', 'text/plain')],
      ['a page of 0 orders', 400, () => raw('/orders?limit=0')],
      ['a cursor that is none', 400, () => raw('/orders?cursor=page-2')],
      ['an unknown state', 400, () => raw('/orders?status=lost')],
      ['an unknown parameter', 400, () => raw('/orders?colour=red')],
      ['an unknown SKU', 404, () => raw('/products/FLYING-CARPET')],
      ['a SKU that is too long', 400, () => raw(`/products/${'X'.repeat(65)}`)],
      ['a SKU that is much too long', 400, () => raw(`/products/${'X'.repeat(5_000)}`)],
      ['an id that is much too long', 400, () => raw(`/orders/${'x'.repeat(5_000)}`)],
      ['a SKU that may not stand in a URI', 404, () => raw('/products/a|b')],
      ['a SKU that is not well encoded', 400, () => raw('/products/%zz')],
      ['an id that is not well encoded', 400, () => raw('/orders/%zz')],
      ['a member named constructor', 400, () => post({ ...kazoo, constructor: 1 })],
      ['headers of 20 KB', 431, () => raw('/orders', { headers: { 'x-much': 'x'.repeat(20_000) } })],
      ['no host', 400, () => withHeaders('/products', {})],
      [
        'an unknown expectation',
        417,
        () => withHeaders('/products', { host: 'x', expect: 'the impossible' }),
      ],
    ])('%s: %d', async (_, status, ask) => {
      expect((await ask()).status).toBe(status);
    });

    it('a body that never ends: 408', async () => {
      expect(await unfinished).toMatchObject([{ status: 'fulfilled', value: { status: 408 } }]);
    });

    it('a failure that no call should lead to: 500', async () => {
      await shop.databases.rows('orders', 'alter table products rename to hidden');
      const { status } = await raw('/products');
      await shop.databases.rows('orders', 'alter table hidden rename to products');
      expect(status).toBe(500);
    });

    it('a key that was used for another order: 422', async () => {
      const key = { 'idempotency-key': randomUUID() };
      expect((await post(kazoo, key)).status).toBe(201);
      expect((await post(anOrder({ KAZOO: 2 }), key)).status).toBe(422);
    });

    it('the cancellation of a rejected order: 409', async () => {
      const { id } = await placed('SOLD-OUT-SOCKS');
      await shop.untilOrder(id, 'rejected');
      expect((await raw(`/orders/${id}/cancel`, { method: 'POST', headers: {} })).status).toBe(409);
    });
  });

  it('says when to try again while its database is away', async () => {
    await shop.suite.postgres.stop();
    for (const path of ['/orders', `/orders/${randomUUID()}`, '/products', '/products/KAZOO'])
      expect((await raw(path)).status).toBe(503);
    for (const path of ['/orders', `/orders/${randomUUID()}/cancel`])
      expect((await raw(path, { method: 'POST', body: JSON.stringify(anOrder({ KAZOO: 1 })) })).status).toBe(
        503,
      );
    await shop.suite.postgres.start();
  });

  it('documents no answer that it does not give', () => {
    const unseen = answers.documented().filter((call) => !answers.seen.has(call));
    expect(unseen).toEqual([]);
  });
});
