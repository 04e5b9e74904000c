import { randomUUID } from 'node:crypto';
import { OrderCreated } from '@app/contracts';
import { cloudEvent } from '../shop/cloud-event';
import { aCustomer } from '../shop/order';

export interface Poison {
  readonly content: string;
  /** Why it is a dead letter. */
  readonly reason: string;
  readonly error: RegExp;
}

const EURO = { amount: 100, currency: 'EUR' };

/** An `order.created` that is none, by one change. */
function spoilt(change: object): string {
  const orderId = randomUUID();
  const data = {
    orderId,
    version: 1,
    customer: aCustomer(),
    lines: [{ sku: 'KAZOO', quantity: 1, name: 'What a stranger calls it', unitPrice: EURO }],
    total: EURO,
    createdAt: new Date().toISOString(),
  };
  return JSON.stringify({ ...cloudEvent(OrderCreated.type, orderId, data), ...change });
}

/** What any program may publish, and no service can read. */
export const POISON: readonly Poison[] = [
  {
    content: `{"order_id":"ORD-1","user_id":"U-1","total":99.9,"created_at":"2026-01-02T03:04:05Z"}`,
    reason: 'INVALID_ENVELOPE',
    error: /specversion/,
  },
  { content: 'an order, please', reason: 'UNPARSEABLE_MESSAGE', error: /not JSON/ },
  { content: '', reason: 'UNPARSEABLE_MESSAGE', error: /not JSON/ },
  { content: '[1, 2, 3]', reason: 'INVALID_ENVELOPE', error: /not a JSON object/ },
  {
    content: spoilt({ dataschema: 'https://example.com/order.created/v2' }),
    reason: 'UNKNOWN_VERSION',
    error: /order\.created\/v2/,
  },
  { content: spoilt({ data: { orderId: randomUUID() } }), reason: 'INVALID_DATA', error: /lines/ },
];
