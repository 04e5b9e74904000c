-- What email and sms keep of $1 such orders: two deliveries of each.
insert into deliveries (consumer, message_id, order_id, order_version, state, stale, lease_until)
select 'filled', n || '+' || version, md5(n::text)::uuid, version, 'sent', false, now()
from generate_series(1, $1::int) as n, generate_series(1, 2) as version;
