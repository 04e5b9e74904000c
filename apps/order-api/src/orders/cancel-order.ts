import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { OrderWithHistory } from './order';
import { OrderChanges } from './order-changes';
import { OrderNotCancellable } from './order-errors';
import { Orders } from './orders';

/** Cancels an order that is pending or confirmed. Cancelling a cancelled order changes nothing and publishes nothing. */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly database: Database,
    private readonly orderChanges: OrderChanges,
    private readonly orders: Orders,
  ) {}

  /** @throws OrderNotFound, OrderNotCancellable */
  async execute(id: string): Promise<OrderWithHistory> {
    const orderId = id.toLowerCase();
    await this.database.transaction(() => this.orderChanges.make([{ orderId, status: 'cancelled' }]));
    const order = await this.orders.get(orderId);
    if (order.status !== 'cancelled') throw new OrderNotCancellable(orderId, order.status);
    return order;
  }
}
