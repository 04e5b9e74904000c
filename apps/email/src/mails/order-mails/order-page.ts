import type { OrderLine } from '@app/contracts';
import { formatMoney } from './format-money';
import { html, Html } from './html';
import { lineTotal, type OrderMailContent } from './order-mail-content';

/** The HTML part. Its styles are inline, since mail clients drop style sheets. */
export function orderPage({ order, subject, message }: OrderMailContent): Html {
  const { orderId, customer, total, lines = [], reason } = order;
  return html`<!doctype html>
    <html lang="en">
      <body
        style="margin: 0; padding: 24px; background: #f3f3ef; font: 16px/1.5 Helvetica, Arial, sans-serif"
      >
        <div style="max-width: 560px; margin: auto; padding: 32px; background: #fff; color: #222">
          <h1 style="margin-top: 0; font-size: 20px">${subject}</h1>
          <p>Hello ${customer.name},</p>
          <p>${message}</p>
          ${reason ? [html`<p>The reason: ${reason}</p>`] : []}
          <table style="width: 100%; border-collapse: collapse">
            ${lines.map(lineRow)}
            <tr style="border-top: 1px solid #ccc; font-weight: bold">
              <td style="padding: 8px 0">Total</td>
              <td style="padding: 8px 0; text-align: right">${formatMoney(total)}</td>
            </tr>
          </table>
          <p style="color: #777; font-size: 13px">Order ${orderId}</p>
        </div>
      </body>
    </html>`;
}

function lineRow(line: OrderLine): Html {
  return html`<tr>
    <td style="padding: 8px 0">${line.quantity} × ${line.name}</td>
    <td style="padding: 8px 0; text-align: right">${formatMoney(lineTotal(line))}</td>
  </tr>`;
}
