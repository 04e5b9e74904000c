import { EventClass, EventData } from '../events/event-class';
import { StockLow, StockRejected, StockReleased, StockReserved } from '../events/inventory-events';
import {
  OrderCancelled,
  OrderConfirmed,
  OrderCreated,
  OrderOverdue,
  OrderRejected,
} from '../events/order-events';
import { AN_ORDER } from './an-order';

/** An event that the services publish, and data that one may have. */
export interface EventExample<Data extends EventData = EventData> {
  readonly eventClass: EventClass<Data>;
  readonly data: Data;
}

const example = <Data extends EventData>(eventClass: EventClass<Data>, data: Data): EventExample => ({
  eventClass,
  data,
});

const { id: orderId, customer, lines, total, createdAt, reservedAt, confirmedAt, cancelledAt } = AN_ORDER;
const wanted = lines.map(({ sku, quantity }) => ({ sku, quantity }));
const news = { orderId, customer, total };

/** Every event of the services, in the order in which an order may meet them. */
export const EVENT_EXAMPLES: readonly EventExample[] = [
  example(OrderCreated, { ...news, version: 1, lines, createdAt }),
  example(StockReserved, { orderId, lines: wanted, at: reservedAt }),
  example(StockRejected, {
    orderId,
    lines: wanted,
    shortages: [{ sku: 'KAZOO', quantity: 1, available: 0 }],
    at: reservedAt,
  }),
  example(OrderConfirmed, { ...news, version: 2, at: confirmedAt }),
  example(OrderRejected, {
    ...news,
    version: 2,
    reason: 'Out of stock: KAZOO (1 ordered, 0 available)',
    at: confirmedAt,
  }),
  example(OrderCancelled, { ...news, version: 3, at: cancelledAt }),
  example(StockReleased, { orderId, lines: wanted, at: cancelledAt }),
  example(OrderOverdue, { orderId, version: 1, lines: wanted, at: cancelledAt }),
  example(StockLow, { sku: 'KAZOO', available: 4, threshold: 5, at: reservedAt }),
];
