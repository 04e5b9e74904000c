import { isDeepStrictEqual } from 'node:util';
import type { Order } from '../../support/shop/order';
import type { Claim, Evidence } from './claim';

const CREATED = 201;

export const acceptedOrders: Claim = {
  says: 'Every order that was answered with 201 is there, as it was asked for; none is there that was not asked for',
  violations({ history, ledgers }) {
    const kept = new Map(ledgers.orders.map((order) => [order.id, order]));
    const broken = history.placings.flatMap(({ status, order, customer, lines }): string[] => {
      if (status !== CREATED) return [];
      const row = kept.get(order?.id ?? '');
      if (row === undefined) return [`${order?.id} of ${customer} was accepted, and is lost`];
      const isAsAsked = row.customer.email === customer && isDeepStrictEqual(wishOf(row), wishOf({ lines }));
      return isAsAsked ? [] : [`${row.id} of ${customer} is not what was asked for`];
    });
    return [...new Set([...broken, ...strangers({ history, ledgers })])];
  },
};

function strangers({ history, ledgers }: Evidence): string[] {
  const customers = new Set(history.placings.map(({ customer }) => customer));
  return ledgers.orders
    .filter(({ customer }) => !customers.has(customer.email))
    .map(({ id }) => `${id} was not asked for`);
}

const wishOf = ({ lines }: { lines: readonly Pick<Order['lines'][number], 'sku' | 'quantity'>[] }) =>
  lines.map(({ sku, quantity }) => [sku, quantity]);
