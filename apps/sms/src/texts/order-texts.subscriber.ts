import { OrderCancelled, OrderConfirmed, OrderCreated, OrderRejected } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { orderCancelled, orderConfirmed, orderReceived, orderRejected } from './order-texts';
import { TextSender } from './text-sender';

/** One text for each event of an order. */
@Injectable()
export class OrderTexts {
  constructor(private readonly texts: TextSender) {}

  @OnEvent(OrderCreated)
  received(order: OrderCreated): Promise<void> {
    return this.texts.send(orderReceived(order));
  }

  @OnEvent(OrderConfirmed)
  confirmed(order: OrderConfirmed): Promise<void> {
    return this.texts.send(orderConfirmed(order));
  }

  @OnEvent(OrderRejected)
  rejected(order: OrderRejected): Promise<void> {
    return this.texts.send(orderRejected(order));
  }

  @OnEvent(OrderCancelled)
  cancelled(order: OrderCancelled): Promise<void> {
    return this.texts.send(orderCancelled(order));
  }
}
