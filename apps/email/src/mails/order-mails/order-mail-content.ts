import type { Customer, Money, OrderLine } from '@app/contracts';

/** What a mail about an order says. Text and HTML are both made from this, so that they cannot disagree. */
export interface OrderMailContent {
  readonly order: {
    readonly orderId: string;
    readonly customer: Customer;
    readonly total: Money;
    readonly lines?: readonly OrderLine[];
    readonly reason?: string;
  };
  readonly subject: string;
  readonly message: string;
}

/** The price of all the pieces of a line. */
export function lineTotal({ quantity, unitPrice }: OrderLine): Money {
  return { ...unitPrice, amount: quantity * unitPrice.amount };
}
