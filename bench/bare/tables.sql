-- What the bare programs keep: the same facts as the services, in one database and without checks.
create table orders (
  id uuid primary key, version int not null default 1, status text not null default 'pending',
  customer jsonb not null, lines jsonb not null, total bigint not null, created_at timestamptz not null default now()
);
create index orders_by_status on orders (status, id);
create table history (order_id uuid, version int, status text not null, at timestamptz not null default now(), primary key (order_id, version));
create table outbox (position bigserial primary key, routing_key text not null, body text not null);
create table inventory_outbox (position bigserial primary key, routing_key text not null, body text not null);
create table inbox (consumer text, id text, at timestamptz not null default now(), primary key (consumer, id));
create table stock (sku text primary key, on_hand int not null, reserved int not null default 0, check (reserved <= on_hand));
create table reservations (order_id uuid primary key, lines jsonb not null, status text not null);
create table deliveries (consumer text, message_id text, state text not null, primary key (consumer, message_id));
insert into stock values ('PAPER-CLIP', 100000000);
