import { call } from '../../infra/http';
import { anOrder } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

describe('A stranger with any HTTP client', () => {
  let shop: Shop;
  let url: string;

  beforeAll(async () => {
    shop = await Shop.open();
    url = shop.suite.services.get('order-api').url;
  });

  afterAll(() => shop.close());

  it.each([
    [400, '/orders?limit=Infinity'],
    [400, '/orders?limit=1&limit=2'],
    [400, '/orders?status=pending&status=rejected'],
    [400, '/orders?cursor=%ff%fe'],
    [400, `/orders?cursor=${Buffer.from('\0').toString('base64url')}`],
    [400, '/orders?__proto__[x]=1'],
    [400, '/orders?__proto__=1'],
    [400, '/orders?constructor=1'],
    [400, '/orders/%00'],
    [404, `/orders/${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}`],
    [400, '/products/%00'],
    [400, '/products/%ed%a0%80'],
    [400, `/products/${'x'.repeat(65)}`],
    [404, '/products/__proto__'],
    [404, `/products/${encodeURIComponent('🎺')}`],
  ])('is answered %d to GET %s, as a problem', async (status, path) => {
    const { status: answered, headers, body } = await call(url + path);
    expect({ answered, body }).toMatchObject({ answered: status, body: { status } });
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  const text = JSON.stringify(anOrder({ KAZOO: 1 }));

  it.each([
    [400, 'U+0000 in a name', text.replace('Ada', 'A\\u0000')],
    [400, 'half of a surrogate pair', text.replace('Ada', '\\ud800')],
    [400, 'quotes in an address', text.replace(/"email":"[^@]+/, '"email":"\\"a\\r\\nBcc: b\\"')],
    [400, 'a number that is too large', text.replace('"quantity":1', '"quantity":1e400')],
    [400, 'a negative zero', text.replace('"quantity":1', '"quantity":-0')],
    [400, 'a number in quotes', text.replace('"quantity":1', '"quantity":"1"')],
    [400, 'a prototype', text.replace('{', '{"__proto__":{"a":1},')],
    [400, 'an unknown member named constructor', text.replace('{', '{"constructor":1,')],
    [400, 'one named toString in a line', text.replace('"sku"', '"toString":1,"sku"')],
    [400, 'U+0000 in an SKU', text.replace('KAZOO', 'KAZOO\\u0000')],
    [422, 'the SKU __proto__', text.replace('KAZOO', '__proto__')],
    [
      201,
      'the same member twice: the last one counts',
      text.replace('"quantity":1', '"quantity":5000,"quantity":1'),
    ],
    [201, 'a number in another form', text.replace('"quantity":1', '"quantity":1e0')],
  ])('is answered %d to an order with %s', async (status, _, body) => {
    expect(await call(`${url}/orders`, { method: 'POST', body })).toMatchObject({ status });
  });

  it.each([
    [201, 255],
    [400, 256],
    [400, 10_000],
  ])('is answered %d to a key of %d characters', async (status, length) => {
    const headers = { 'idempotency-key': 'k'.repeat(length) };
    expect(await call(`${url}/orders`, { method: 'POST', headers, body: text })).toMatchObject({ status });
  });

  it('has crashed no service, once all has been handled', async () => {
    await shop.broker.quiet({ within: 30_000 });
    expect(shop.crashes).toEqual([]);
  });
});
