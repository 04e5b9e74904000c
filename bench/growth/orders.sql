-- Orders number $1 to $2, confirmed an hour ago, by ids that come before all others.
with old as (
  select ('01800000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id from generate_series($1::int, $2::int) as n
), placed as (
  insert into orders (id, version, status, customer, lines, total, created_at)
  select id, 2, 'confirmed',
    '{"name": "Ada Lovelace", "email": "ada@example.com", "phone": "+4915112345678"}',
    '[{"sku": "PAPER-CLIP", "name": "Paper clip", "quantity": 1, "unitPrice": {"amount": 2, "currency": "EUR"}}]',
    '{"amount": 2, "currency": "EUR"}', now() - interval '1 hour'
  from old
), remembered as (
  insert into inbox (consumer, message_id) select 'order-api.inventory_events', id::text from old
)
insert into order_history (order_id, version, status)
select id, version, status from old, (values (1, 'pending'), (2, 'confirmed')) as states (version, status);
