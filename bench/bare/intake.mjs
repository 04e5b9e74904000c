// The limit of the intake alone, three ways: `node intake.mjs transaction|statement|group`
import { pool, transaction } from './database.mjs';
import { columns } from './event.mjs';
import { grouped } from './grouped.mjs';
import { serveOrders } from './orders.mjs';

const ORDER = 'insert into orders (id, customer, lines, total) values ($1, $2, $3, $4)';
const EVENT = "insert into outbox (routing_key, body) values ('order.created', $1)";
const BOTH = `
  with placed as (${ORDER})
  insert into outbox (routing_key, body) values ('order.created', $5)`;
const MANY = `
  with many as (
    select * from unnest($1::uuid[], $2::jsonb[], $3::jsonb[], $4::bigint[], $5::text[]) as t (id, customer, lines, total, event)
  ), placed as (insert into orders (id, customer, lines, total) select id, customer, lines, total from many)
  insert into outbox (routing_key, body) select 'order.created', event from many`;

const WAYS = {
  transaction: ([id, customer, lines, total, event]) =>
    transaction(async (client) => {
      await client.query({ name: 'order', text: ORDER, values: [id, customer, lines, total] });
      await client.query({ name: 'event', text: EVENT, values: [event] });
    }),
  statement: (order) => pool.query({ name: 'both', text: BOTH, values: order }),
  group: grouped((orders) => pool.query({ name: 'many', text: MANY, values: columns(orders) })),
};

await serveOrders(WAYS[process.argv[2]]);
console.log('ready');
