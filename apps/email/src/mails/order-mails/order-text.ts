import { formatMoney } from './format-money';
import { lineTotal, type OrderMailContent } from './order-mail-content';

/** The plain text part. */
export function orderText({ order, message }: OrderMailContent): string {
  const { orderId, customer, total, lines = [], reason } = order;
  return [
    `Hello ${customer.name},`,
    message,
    ...(reason ? [`The reason: ${reason}`] : []),
    `Order ${orderId}`,
    [
      ...lines.map((line) => `${line.quantity} x ${line.name}: ${formatMoney(lineTotal(line))}`),
      `Total: ${formatMoney(total)}`,
    ].join('\n'),
  ].join('\n\n');
}
