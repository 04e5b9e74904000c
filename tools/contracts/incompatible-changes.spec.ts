import { incompatibleChanges } from './incompatible-changes';

const customer = {
  type: 'object',
  properties: { name: { type: 'string', maxLength: 200 } },
  required: ['name'],
};
const released = {
  $id: 'https://order-events.example/schemas/order.created/v1',
  description: 'An order was accepted.',
  type: 'object',
  properties: { orderId: { type: 'string', format: 'uuid' }, customer: { $ref: '#/$defs/Customer' } },
  required: ['orderId', 'customer'],
  $defs: { Customer: customer },
};
const { properties, $defs } = released;

describe(incompatibleChanges.name, () => {
  it.each<[string, object]>([
    ['nothing', {}],
    [
      'what describes',
      { description: 'Accepted.', $id: 'https://shop.example/order.created/v1', examples: [{}] },
    ],
    ['a member that may be absent', { properties: { ...properties, giftWrapped: { type: 'boolean' } } }],
    ['the order of the members', { required: ['customer', 'orderId'] }],
    ['a class inside it', { $defs: { ...$defs, Money: { type: 'object' } } }],
  ])('takes another of %s', (_, change) => {
    expect(incompatibleChanges(released, { ...released, ...change })).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    [
      'a member that must be there',
      { required: ['orderId', 'customer', 'vat'] },
      /^required of the data was .*vat/,
    ],
    ['a member that may now be absent', { required: ['orderId'] }, /^required of the data/],
    ['a member that is gone', { properties: { orderId: properties.orderId } }, /^customer is gone$/],
    [
      'another type',
      { properties: { ...properties, orderId: { type: 'integer' } } },
      /^type of orderId was "string"/,
    ],
    [
      'a narrower rule inside',
      { $defs: { Customer: { ...customer, properties: { name: { type: 'string', maxLength: 20 } } } } },
      /^maxLength of Customer.name was 200 and is 20$/,
    ],
    [
      'a wider rule inside',
      { $defs: { Customer: { ...customer, properties: { name: { type: 'string' } } } } },
      /^maxLength of Customer.name was 200 and is not said$/,
    ],
  ])('refuses %s', (_, change, text) => {
    const changes = incompatibleChanges(released, { ...released, ...change });
    expect(changes[0]).toMatch(text);
  });
});
