import { Injectable } from '@nestjs/common';
import { ChangeOrder } from './change-order';
import { OrderWithHistory } from './order';
import { OrderNotCancellable } from './order-errors';
import { Orders } from './orders';

/** Cancels an order that is pending or confirmed. Cancelling a cancelled order changes nothing and publishes nothing. */
@Injectable()
export class CancelOrder {
  constructor(
    private readonly changeOrder: ChangeOrder,
    private readonly orders: Orders,
  ) {}

  /** @throws OrderNotFound, OrderNotCancellable */
  async execute(orderId: string): Promise<OrderWithHistory> {
    await this.changeOrder.execute(orderId, 'cancelled');
    const order = await this.orders.get(orderId);
    if (order.status !== 'cancelled') throw new OrderNotCancellable(orderId, order.status);
    return order;
  }
}
