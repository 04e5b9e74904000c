import { dataSchemaOf, isKnownSchema } from './data-schema';

describe(dataSchemaOf.name, () => {
  it('ends in the type and the major version', () => {
    expect(dataSchemaOf('order.created')).toMatch(/\/order\.created\/v1$/);
  });
});

describe(isKnownSchema.name, () => {
  it.each([
    ['our own', dataSchemaOf('order.created'), true],
    ["that of somebody else's server", 'https://shop.example/order.created/v1', true],
    ['none', undefined, true],
    ['a later version', 'https://order-events.example/schemas/order.created/v2', false],
    ['version 11', 'https://order-events.example/schemas/order.created/v11', false],
    ["another type's", dataSchemaOf('order.confirmed'), false],
    ['a type that ends alike', dataSchemaOf('reorder.created'), false],
    ['an empty one', '', false],
  ])('of %s (%s): %p', (_, dataschema, known) => {
    expect(isKnownSchema('order.created', dataschema)).toBe(known);
  });
});
