-- What inventory keeps of such orders, number $1 to $2: it has seen two events of each.
with old as (
  select ('01800000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id from generate_series($1::int, $2::int) as n
), reserved as (
  insert into reservations (order_id, status, lines) select id, 'reserved', '[{"sku": "PAPER-CLIP", "quantity": 1}]' from old
)
insert into inbox (consumer, message_id) select 'inventory.order_events', id || suffix from old, (values (''), ('+')) as seen (suffix);
