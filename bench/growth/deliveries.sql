-- What email and sms keep of such orders, number $1 to $2: two deliveries of each.
insert into deliveries (consumer, message_id, order_id, order_version, state, stale, lease_until)
select 'filled', n || '+' || version, md5(n::text)::uuid, version, 'sent', false, now()
from generate_series($1::int, $2::int) as n, generate_series(1, 2) as version;
