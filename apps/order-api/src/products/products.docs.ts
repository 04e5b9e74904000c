import { AvailableProduct, Product } from './product';
import { ProductNotFound } from './product-not-found.error';
import { badlyEncoded, DATABASE_ERRORS, invalid } from '../docs/errors';
import { AVAILABLE_PRODUCT, PRODUCT } from './product-examples';
import { operation } from '../docs/operation';

export const ListProductsOperation = operation({
  operationId: 'listProducts',
  summary: 'List the products',
  description: 'All that the shop sells, by SKU.',
  path: '/products',
  answers: { 200: { description: 'The catalogue.', type: [Product], example: [PRODUCT] } },
  errors: DATABASE_ERRORS,
});

export const GetProductOperation = operation({
  operationId: 'getProduct',
  summary: 'Read a product',
  description:
    'The product, and how many of it can be ordered now: inventory is asked, and `available` is null when it does not answer within half a second.',
  path: '/products/RUBBER-CHICKEN',
  parameters: [
    {
      name: 'sku',
      in: 'path',
      description: 'The `sku` of a product in `GET /products`.',
      required: true,
      schema: { type: 'string', maxLength: 64 },
      example: PRODUCT.sku,
    },
  ],
  answers: { 200: { description: 'The product.', type: AvailableProduct, example: AVAILABLE_PRODUCT } },
  errors: [
    invalid(
      'The SKU is too long.',
      'sku',
      'sku must be shorter than or equal to 64 characters',
      `/products/${'X'.repeat(65)}`,
    ),
    badlyEncoded('/products/%25zz'),
    {
      when: 'There is no such product.',
      error: new ProductNotFound('FLYING-CARPET'),
      instance: '/products/FLYING-CARPET',
    },
    ...DATABASE_ERRORS,
  ],
});
