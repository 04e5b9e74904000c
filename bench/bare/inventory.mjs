// Reserves the stock of a whole batch of orders in one transaction.
import { consume } from './broker.mjs';
import { transaction } from './database.mjs';
import { event } from './event.mjs';
import { onlyNew } from './inbox.mjs';
import { relay } from './relay.mjs';

const RESERVE = `
  update stock set reserved = reserved + wanted
  from unnest($1::text[], $2::int[]) as t (product, wanted) where sku = product`;
const NOTE =
  "insert into reservations select id, lines, 'reserved' from unnest($1::uuid[], $2::jsonb[]) as t (id, lines)";
const ANNOUNCE =
  "insert into inventory_outbox (routing_key, body) select 'stock.reserved', unnest($1::text[])";

const wakeRelay = relay('inventory_outbox', 'inventory_events');

async function reserve(events) {
  const created = events.filter(({ type }) => type === 'order.created');
  if (created.length === 0) return;
  await transaction(async (client) => {
    const orders = await onlyNew(client, 'inventory', created);
    const wanted = new Map();
    for (const { sku, quantity } of orders.flatMap(({ data }) => data.lines))
      wanted.set(sku, (wanted.get(sku) ?? 0) + quantity);
    const ids = orders.map(({ subject }) => subject);
    const lines = orders.map(({ data }) => JSON.stringify(data.lines));
    const news = ids.map((orderId) => event('stock.reserved', orderId, { orderId }));
    await client.query({
      name: 'reserve',
      text: RESERVE,
      values: [[...wanted.keys()], [...wanted.values()]],
    });
    await client.query({ name: 'note', text: NOTE, values: [ids, lines] });
    await client.query({ name: 'announce', text: ANNOUNCE, values: [news] });
  });
  wakeRelay();
}

await consume('inventory', reserve);
console.log('ready');
