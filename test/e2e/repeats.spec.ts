import { randomUUID } from 'node:crypto';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { anOrder, type Order } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

describe('A caller that sends a request again under its Idempotency-Key', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open());
  });

  const aKey = () => ({ 'idempotency-key': randomUUID() });

  it('is answered as the first time, and told so', async () => {
    const key = aKey();
    const order = anOrder({ KAZOO: 1 });
    const first = await shop.ask(order, key);
    const { id }: Order = first.body;
    // What the order has become since does not change the answer.
    await shop.untilOrder(id, 'confirmed');
    const second = await shop.ask(order, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('may write the same JSON in another way', async () => {
    const key = aKey();
    const order = anOrder({ KAZOO: 2 });
    const turned = JSON.stringify(Object.fromEntries(Object.entries(order).reverse()), undefined, 4);
    const first = await shop.ask(order, key);
    const second = await shop.call('/orders', { method: 'POST', body: turned, headers: key });
    expect(second.body).toEqual(first.body);
  });

  it('with another body is refused: 422', async () => {
    const key = aKey();
    await shop.ask(anOrder({ KAZOO: 1 }), key);
    const { status, body } = await shop.call('/orders', {
      method: 'POST',
      body: anOrder({ KAZOO: 3 }),
      headers: key,
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ type: expect.stringContaining('idempotency-key-reused') });
  });

  it('after a refusal may take the same key for a better order', async () => {
    const key = aKey();
    const wrong = await shop.call('/orders', {
      method: 'POST',
      body: anOrder({ 'NO-SUCH-THING': 1 }),
      headers: key,
    });
    expect(wrong.status).toBe(422);
    expect((await shop.ask(anOrder({ KAZOO: 1 }), key)).status).toBe(201);
  });

  it('with a key that is none is told what a key is', async () => {
    const { status, body } = await shop.call('/orders', {
      method: 'POST',
      body: anOrder({ KAZOO: 1 }),
      headers: { 'idempotency-key': 'two words' },
    });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { path: 'Idempotency-Key', message: expect.stringContaining('visible ASCII') },
    ]);
  });

  it('leaves one order for each key behind, served once', async () => {
    expect(await invariant(shop)).toMatchObject({ accepted: 4, lost: 0, unanswered: 0, repeated: 0 });
  });
});
