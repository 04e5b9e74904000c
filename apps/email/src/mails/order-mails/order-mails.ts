import type { OrderCancelled, OrderConfirmed, OrderCreated, OrderRejected } from '@app/contracts';
import type { Mail } from '../mail';
import type { OrderMailContent } from './order-mail-content';
import { orderPage } from './order-page';
import { orderText } from './order-text';

export function orderReceived(order: OrderCreated): Mail {
  return orderMail({
    order,
    subject: `We received your order ${order.orderId}`,
    message: 'Thank you for your order! We are checking our stock and will write again when we know.',
  });
}

export function orderConfirmed(order: OrderConfirmed): Mail {
  return orderMail({
    order,
    subject: `Your order ${order.orderId} is confirmed`,
    message: 'Good news: everything that you ordered is in stock and reserved for you.',
  });
}

export function orderRejected(order: OrderRejected): Mail {
  return orderMail({
    order,
    subject: `Sorry, we cannot deliver your order ${order.orderId}`,
    message: 'We are sorry: we cannot deliver what you ordered, so nothing will be charged.',
  });
}

export function orderCancelled(order: OrderCancelled): Mail {
  return orderMail({
    order,
    subject: `Your order ${order.orderId} is cancelled`,
    message: 'Your order is cancelled. Nothing will be delivered, and nothing will be charged.',
  });
}

function orderMail(news: OrderMailContent): Mail {
  const { customer } = news.order;
  return {
    to: { name: singleLine(customer.name), address: customer.email },
    subject: singleLine(news.subject),
    text: orderText(news),
    html: orderPage(news).toString(),
  };
}

/** A header ends at a line break; what a customer typed must not begin the next one. */
function singleLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
