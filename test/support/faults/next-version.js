/**
 * Makes a service the next version of itself, loaded before it by `NODE_OPTIONS=--require`: within v1, its `order.created` and
 * `stock.reserved` have one more member, which it knows and the version before does not; and it announces an event of a type
 * that the version before has never heard of. Its migration comes behind those of the version before.
 */
require('reflect-metadata');
const { IsBoolean, IsOptional } = require('class-validator');
const { resolve } = require('node:path');

const built = (path) => require(resolve('dist', 'libs', path));

const { OrderCreated, StockReserved } = built('contracts/src');
const { PersistenceModule, sqlMigration } = built('persistence/src');
const { Outbox } = built('messaging/src/outbox/outbox');

for (const event of [OrderCreated, StockReserved]) {
  Reflect.defineMetadata('design:type', Boolean, event.prototype, 'giftWrapped');
  Reflect.decorate([IsOptional(), IsBoolean()], event.prototype, 'giftWrapped');
}

/** No service handles it. */
class OrderWrapped {
  static exchange = OrderCreated.exchange;
  static type = 'order.wrapped';
}

const { add } = Outbox.prototype;

/** Inventory has no right to publish events of an order. */
Outbox.prototype.add = async function (event, data) {
  await add.call(this, event, { ...data, giftWrapped: true });
  if (event.exchange === OrderWrapped.exchange) await add.call(this, OrderWrapped, data);
};

const { forRoot } = PersistenceModule;

PersistenceModule.forRoot = function (migrations) {
  const wrapped = sqlMigration('create table gift_wrapped (order_id uuid primary key)');
  return forRoot.call(this, { ...migrations, '9999_gift_wrapped': wrapped });
};
