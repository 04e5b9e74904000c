// Takes orders in groups, and confirms in batches what inventory has reserved.
import { consume } from './broker.mjs';
import { pool, transaction } from './database.mjs';
import { columns, event } from './event.mjs';
import { grouped } from './grouped.mjs';
import { onlyNew } from './inbox.mjs';
import { serveOrders } from './orders.mjs';
import { relay } from './relay.mjs';

const PLACE = `
  with many as (
    select * from unnest($1::uuid[], $2::jsonb[], $3::jsonb[], $4::bigint[], $5::text[]) as t (id, customer, lines, total, event)
  ), placed as (insert into orders (id, customer, lines, total) select id, customer, lines, total from many
  ), began as (insert into history (order_id, version, status) select id, 1, 'pending' from many)
  insert into outbox (routing_key, body) select 'order.created', event from many`;
const CONFIRM = `
  with confirmed as (
    update orders set status = 'confirmed', version = version + 1 where id = any($1::uuid[]) and status = 'pending'
    returning id, version, customer, total
  ), noted as (insert into history (order_id, version, status) select id, version, 'confirmed' from confirmed)
  select * from confirmed`;
const ANNOUNCE = "insert into outbox (routing_key, body) select 'order.confirmed', unnest($1::text[])";

const wakeRelay = relay('outbox', 'order_events');

async function place(orders) {
  await pool.query({ name: 'place', text: PLACE, values: columns(orders) });
  wakeRelay();
}

async function decide(events) {
  await transaction(async (client) => {
    const reserved = await onlyNew(client, 'order-api', events);
    const ids = reserved.map(({ subject }) => subject);
    const { rows } = await client.query({ name: 'confirm', text: CONFIRM, values: [ids] });
    const news = rows.map(({ id, ...order }) => event('order.confirmed', id, { orderId: id, ...order }));
    await client.query({ name: 'announce', text: ANNOUNCE, values: [news] });
  });
  wakeRelay();
}

await serveOrders(grouped(place));
await consume('order-api', decide);
console.log('ready');
