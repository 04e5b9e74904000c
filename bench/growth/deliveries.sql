-- What email and sms keep of $1 such orders: two deliveries of each.
insert into deliveries (consumer, message_id, state, lease_until)
select 'filled', n || suffix, 'sent', now() from generate_series(1, $1::int) as n, (values (''), ('+')) as news (suffix);
