import { dataSchemaOf, isSchemaOf } from './data-schema';

describe(dataSchemaOf.name, () => {
  it('ends in the type and the major version', () => {
    expect(dataSchemaOf({ type: 'order.created' })).toBe(
      'https://order-events.example/schemas/order.created/v1',
    );
    expect(dataSchemaOf({ type: 'order.created', majorVersion: 2 }, 'https://shop.example')).toBe(
      'https://shop.example/order.created/v2',
    );
  });
});

describe(isSchemaOf.name, () => {
  it.each([
    ['our own', dataSchemaOf({ type: 'order.created' }), 1],
    ["that of somebody else's server", 'https://shop.example/order.created/v1', 1],
    ['none', undefined, 1],
    ['a later version', 'https://order-events.example/schemas/order.created/v2', 2],
    ['version 11', 'https://order-events.example/schemas/order.created/v11', undefined],
    ["another type's", dataSchemaOf({ type: 'order.confirmed' }), undefined],
    ['a type that ends alike', dataSchemaOf({ type: 'reorder.created' }), undefined],
    ['an empty one', '', undefined],
  ])('of versions 1 and 2, %s (%s) is %p', (_, dataschema, version) => {
    const matching = [1, 2].filter((majorVersion) =>
      isSchemaOf({ type: 'order.created', majorVersion }, dataschema),
    );
    expect(matching).toEqual(version === undefined ? [] : [version]);
    expect(isSchemaOf({ type: 'order.created' }, dataschema)).toBe(version === 1);
  });
});
