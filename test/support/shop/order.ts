import { randomInt, randomUUID } from 'node:crypto';
import type { Customer, Money, OrderLine } from '@app/contracts';

/** An order, as the order API shows it. */
export interface Order {
  readonly id: string;
  readonly version: number;
  readonly status: 'pending' | 'confirmed' | 'rejected' | 'cancelled';
  readonly customer: Customer;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly createdAt: string;
  readonly history: readonly {
    readonly version: number;
    readonly status: string;
    readonly reason?: string;
  }[];
}

export interface OrderPage {
  readonly items: readonly Order[];
  readonly nextCursor: string | null;
}

/** Quantities by SKU: `{ 'YO-YO': 2 }`. */
export type Wish = Readonly<Record<string, number>>;

/** A customer with a mail address and a phone number that no other customer has. */
export const aCustomer = (email = `${randomUUID()}@example.com`): Customer => ({
  name: 'Ada Lovelace',
  email,
  phone: `+4915${randomInt(1e9, 1e10)}`,
});

/** The body of `POST /orders`. */
export const anOrder = (wish: Wish, customer = aCustomer()) => ({
  customer,
  lines: Object.entries(wish).map(([sku, quantity]) => ({ sku, quantity })),
});
