import type { OrderCancelled, OrderConfirmed, OrderCreated, OrderRejected } from '@app/contracts';
import type { Text } from './text';

// Each body is one SMS: at most 160 characters of the GSM alphabet. So nothing that a customer typed is in it.

export function orderReceived({ customer, orderId }: OrderCreated): Text {
  return {
    to: customer.phone,
    body: `Thank you! We received your order ${orderId} and are checking our stock.`,
  };
}

export function orderConfirmed({ customer, orderId }: OrderConfirmed): Text {
  return {
    to: customer.phone,
    body: `Good news: your order ${orderId} is confirmed, everything is in stock.`,
  };
}

export function orderRejected({ customer, orderId }: OrderRejected): Text {
  return {
    to: customer.phone,
    body: `Sorry, we cannot deliver your order ${orderId}. Nothing will be charged.`,
  };
}

export function orderCancelled({ customer, orderId }: OrderCancelled): Text {
  return { to: customer.phone, body: `Your order ${orderId} is cancelled. Nothing will be charged.` };
}
