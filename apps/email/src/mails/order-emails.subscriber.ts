import { OrderCancelled, OrderConfirmed, OrderCreated, OrderRejected } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { Mailer } from './mailer';
import { orderCancelled, orderConfirmed, orderReceived, orderRejected } from './order-mails/order-mails';

/** One mail for each event of an order. */
@Injectable()
export class OrderEmails {
  constructor(private readonly mailer: Mailer) {}

  @OnEvent(OrderCreated)
  received(order: OrderCreated): Promise<void> {
    return this.mailer.send(orderReceived(order));
  }

  @OnEvent(OrderConfirmed)
  confirmed(order: OrderConfirmed): Promise<void> {
    return this.mailer.send(orderConfirmed(order));
  }

  @OnEvent(OrderRejected)
  rejected(order: OrderRejected): Promise<void> {
    return this.mailer.send(orderRejected(order));
  }

  @OnEvent(OrderCancelled)
  cancelled(order: OrderCancelled): Promise<void> {
    return this.mailer.send(orderCancelled(order));
  }
}
