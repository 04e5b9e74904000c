import { randomUUID } from 'node:crypto';
import { load } from '../support/faults/load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { anOrder } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const AT_ONCE = 50;

describe('Fault 18: the same order comes fifty times at once, under one Idempotency-Key', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open());
  });

  it('it is one order, and there are fifty equal answers', async () => {
    const keys = load() / AT_ONCE;
    for (let count = 0; count < keys; count += 1) {
      const key = { 'idempotency-key': randomUUID() };
      const order = anOrder({ 'PAPER-CLIP': 1 });
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => shop.ask(order, key)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      const fresh = answers.filter(({ headers }) => headers.get('idempotent-replayed') === null);
      expect(fresh).toHaveLength(1);
    }
    expect(await invariant(shop, { within: 60_000 })).toMatchObject({
      accepted: keys,
      refused: 0,
      lost: 0,
      unanswered: 0,
      repeated: 0,
    });
  });
});
