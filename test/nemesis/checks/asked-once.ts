import { isDeepStrictEqual } from 'node:util';
import type { Placing } from '../history';
import { type Claim, type Evidence, grouped } from './claim';

const CREATED = 201;

export const askedOnce: Claim = {
  says: 'A customer who asks for an order again under the same key gets the first answer again, and has one order',
  violations: (evidence) => [...keysAnsweredTwice(evidence), ...customersWithTwoOrders(evidence)],
};

function keysAnsweredTwice({ history, ledgers }: Evidence): string[] {
  const orderOf = new Map(ledgers.keys.map(({ key, orderId }) => [key, orderId]));
  const keyed = history.placings.filter(({ key }) => key !== undefined);
  return [...grouped(keyed, ({ key = '' }) => key)].flatMap(([key, placings]): string[] => {
    const [first, ...others] = placings.filter(({ status }) => status === CREATED).map(({ order }) => order);
    if (first === undefined) return [`key ${key} was never answered with 201`];
    const isSame = others.every((other) => isDeepStrictEqual(other, first));
    if (!isSame) return [`key ${key} was answered in two ways: ${idsOf(placings)}`];
    return orderOf.get(key) === first.id
      ? []
      : [`key ${key} is kept for ${orderOf.get(key)}, not for ${first.id}`];
  });
}

/** Every customer of a history wants one order. Without a key, they ask once. */
const customersWithTwoOrders = ({ ledgers }: Evidence): string[] =>
  [...grouped(ledgers.orders, ({ customer }) => customer.email)]
    .filter(([, orders]) => orders.length > 1)
    .map(
      ([customer, orders]) =>
        `${customer} has ${orders.length} orders: ${orders.map(({ id }) => id).join(', ')}`,
    );

const idsOf = (placings: readonly Placing[]): string =>
  [...new Set(placings.flatMap(({ order }) => order?.id ?? []))].join(', ');
