import { OutboxFull } from '@app/messaging';
import { Overloaded } from '@app/persistence';
import { BODY_ERRORS, DATABASE_ERRORS, invalid } from '../docs/errors';
import { IDEMPOTENT_REPLAYED, LOCATION } from '../docs/headers';
import { operation } from '../docs/operation';
import { IdempotencyKeyReused } from '../idempotency/idempotency-key-reused.error';
import { UnknownProducts } from '../products/unknown-products.error';
import { OrderWithHistory } from './order';
import { NEW_ORDER, PLACED_ORDER, SOLD_OUT_ORDER } from './order-examples';
import { PlaceOrderDto } from './place-order.dto';

export const PlaceOrderOperation = operation({
  operationId: 'placeOrder',
  summary: 'Place an order',
  description:
    'The order is `pending` until inventory has decided, usually within a second. Prices come from the catalogue. ' +
    'Members that the schema does not know are refused.',
  path: '/orders',
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'A key of your own, such as a UUID. Sent again under its key within 24 hours, the call is answered as before and places no second order.',
      schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,255}$' },
    },
  ],
  body: {
    type: PlaceOrderDto,
    examples: {
      'in stock': { summary: 'An order that is confirmed', value: NEW_ORDER },
      'sold out': { summary: 'An order that is rejected', value: SOLD_OUT_ORDER },
    },
  },
  answers: {
    201: {
      description: 'The order and its event are stored, and cannot be lost.',
      type: OrderWithHistory,
      example: PLACED_ORDER,
      headers: { Location: LOCATION, 'Idempotent-Replayed': IDEMPOTENT_REPLAYED },
    },
  },
  errors: [
    invalid('A member is not valid.', 'lines[0].quantity', 'quantity must not be greater than 1000'),
    ...BODY_ERRORS,
    { when: 'A product is unknown.', error: new UnknownProducts(['FLYING-CARPET']) },
    { when: 'The key was used for another order.', error: new IdempotencyKeyReused() },
    { when: 'The broker has been away for too long.', error: new OutboxFull(1_000_000) },
    { when: 'Too many calls at once.', error: new Overloaded(1_000) },
    ...DATABASE_ERRORS,
  ],
});
