/** A customer who places an order, and what must come of it. */
export interface Buyer {
  readonly customer: { readonly name: string; readonly email: string; readonly phone: string };
  readonly line: { readonly sku: string; readonly quantity: number };
  readonly outcome: 'confirmed' | 'rejected';
  /** How much less of the product is available afterwards. */
  readonly takes: number;
}

export const BUYERS: readonly Buyer[] = [
  {
    customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15005550001' },
    line: { sku: 'RUBBER-CHICKEN', quantity: 2 },
    outcome: 'confirmed',
    takes: 2,
  },
  {
    customer: { name: 'Charles Babbage', email: 'charles@example.com', phone: '+15005550002' },
    line: { sku: 'SOLD-OUT-SOCKS', quantity: 1 },
    outcome: 'rejected',
    takes: 0,
  },
];
