import { AN_ORDER } from '@app/contracts';
import type { OrderWithHistory } from './order';
import type { OrderPage } from './order-page';
import type { PlaceOrderDto } from './place-order.dto';

const { id, customer, lines, total, createdAt, confirmedAt, cancelledAt } = AN_ORDER;

/** Takes what the demo catalogue has, so that the calls of the page work as they are. */
export const NEW_ORDER: PlaceOrderDto = {
  customer,
  lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
};

/** Accepted, and rejected a moment later. */
export const SOLD_OUT_ORDER: PlaceOrderDto = { customer, lines: [{ sku: 'SOLD-OUT-SOCKS', quantity: 1 }] };

export const PLACED_ORDER: OrderWithHistory = {
  id,
  version: 1,
  status: 'pending',
  customer,
  lines,
  total,
  createdAt,
  history: [{ version: 1, status: 'pending', at: createdAt }],
};

export const CONFIRMED_ORDER: OrderWithHistory = {
  ...PLACED_ORDER,
  version: 2,
  status: 'confirmed',
  history: [...PLACED_ORDER.history, { version: 2, status: 'confirmed', at: confirmedAt }],
};

export const CANCELLED_ORDER: OrderWithHistory = {
  ...CONFIRMED_ORDER,
  version: 3,
  status: 'cancelled',
  history: [...CONFIRMED_ORDER.history, { version: 3, status: 'cancelled', at: cancelledAt }],
};

const { history: _history, ...listed } = CONFIRMED_ORDER;

export const LAST_PAGE: OrderPage = { items: [listed], nextCursor: null };
