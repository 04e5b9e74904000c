import type { Claim } from './claim';

type Lines = readonly { readonly sku: string; readonly quantity: number }[];

export const stock: Claim = {
  says: 'What is reserved is what the confirmed orders want, piece by piece, and nothing has left the shelves',
  violations({ ledgers: { orders, reservations, openingStock, stock: levels } }) {
    const wanted = sumOf(orders.filter(({ status }) => status === 'confirmed'));
    const held = sumOf(reservations.filter(({ status }) => status === 'reserved'));
    const onHand = new Map(openingStock.map((level) => [level.sku, level.onHand]));
    return levels.flatMap((level): string[] => {
      const { sku } = level;
      const expected = { onHand: onHand.get(sku), wanted: wanted.get(sku) ?? 0, held: held.get(sku) ?? 0 };
      const isRight =
        level.onHand === expected.onHand &&
        level.reserved === expected.wanted &&
        level.reserved === expected.held;
      return isRight && level.reserved <= level.onHand
        ? []
        : [`${sku}: ${level.reserved} of ${level.onHand} reserved, ${JSON.stringify(expected)}`];
    });
  },
};

function sumOf(all: readonly { readonly lines: Lines }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { sku, quantity } of all.flatMap(({ lines }) => lines))
    sums.set(sku, (sums.get(sku) ?? 0) + quantity);
  return sums;
}
