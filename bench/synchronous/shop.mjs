// The same work inside the request: the caller waits for the stock, the mails and the texts.
import nodemailer from 'nodemailer';
import { pool, transaction } from '../bare/database.mjs';
import { serveOrders } from '../bare/orders.mjs';

const MESSAGES = `${process.env.SMS_GATEWAY_URL}/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`;
const mails = nodemailer.createTransport({ pool: true, url: process.env.SMTP_URL });

const insert = "insert into orders (id, customer, lines, total, status) values ($1, $2, $3, $4, 'confirmed')";
const reserve = 'update stock set reserved = reserved + $2 where sku = $1';

function tell(customer, words) {
  const mail = { from: 'shop@example.com', to: customer.email, subject: 'Your order', text: words };
  const body = new URLSearchParams({ To: customer.phone, From: '+15005550006', Body: words });
  return Promise.all([mails.sendMail(mail), fetch(MESSAGES, { method: 'POST', body })]);
}

await serveOrders(async ([id, customer, lines, total]) => {
  await transaction(async (client) => {
    await client.query(insert, [id, customer, lines, total]);
    for (const { sku, quantity } of JSON.parse(lines)) await client.query(reserve, [sku, quantity]);
  });
  const recipient = JSON.parse(customer);
  await tell(recipient, `We have received your order ${id}.`);
  await tell(recipient, `Your order ${id} is confirmed.`);
});
await pool.query('select 1');
console.log('ready');
