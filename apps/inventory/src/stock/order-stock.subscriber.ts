import { OrderCancelled, OrderCreated, OrderOverdue } from '@app/contracts';
import { EventOutcome, OnEvents, ReceivedEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { AllocateStock } from './allocate-stock';
import { StockRequest } from './stock-request';

type OrderEvent = ReceivedEvent<typeof OrderCreated | typeof OrderCancelled | typeof OrderOverdue>;

/** What orders mean for the stock. All of a batch together, since they want the same products. */
@Injectable()
export class OrderStock {
  constructor(private readonly allocateStock: AllocateStock) {}

  @OnEvents(OrderCreated, OrderCancelled, OrderOverdue)
  async changed(orders: readonly OrderEvent[]): Promise<readonly EventOutcome[]> {
    await this.allocateStock.execute(orders.map(requestOf));
    return orders.map(() => 'done');
  }
}

/** PostgreSQL writes UUIDs in lower case, and an order is found by its id in memory too. */
function requestOf({ type, data, context }: OrderEvent): StockRequest {
  const orderId = data.orderId.toLowerCase();
  if (type === OrderCancelled.type) return { kind: 'release', orderId, context };
  const lines = data.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  return { kind: type === OrderOverdue.type ? 'remind' : 'reserve', orderId, lines, context };
}
