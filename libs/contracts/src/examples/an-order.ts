import { Customer } from '../events/customer';
import { Money } from '../events/money';
import { OrderLine } from '../events/order-line';

/** The order of all examples, so that they can be read as one story. Every product is in the demo catalogue. */
export const AN_ORDER: {
  readonly id: string;
  readonly customer: Customer;
  readonly lines: OrderLine[];
  readonly total: Money;
  readonly createdAt: string;
  /** When its stock was reserved, when it was confirmed, and when the customer changed her mind. */
  readonly reservedAt: string;
  readonly confirmedAt: string;
  readonly cancelledAt: string;
} = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+4915112345678' },
  lines: [
    {
      sku: 'RUBBER-CHICKEN',
      name: 'Rubber chicken',
      quantity: 2,
      unitPrice: { amount: 999, currency: 'EUR' },
    },
    { sku: 'KAZOO', name: 'Kazoo', quantity: 1, unitPrice: { amount: 349, currency: 'EUR' } },
  ],
  total: { amount: 2347, currency: 'EUR' },
  createdAt: '2026-11-02T09:30:00.000Z',
  reservedAt: '2026-11-02T09:30:00.040Z',
  confirmedAt: '2026-11-02T09:30:00.080Z',
  cancelledAt: '2026-11-02T09:42:17.500Z',
};
