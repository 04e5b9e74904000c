import { BadRequestException } from '@nestjs/common';
import { badlyEncoded, BODY_ERRORS, DATABASE_ERRORS, invalid } from '../docs/errors';
import { ETAG } from '../docs/headers';
import { operation } from '../docs/operation';
import { queryParameters } from '../docs/query-parameters';
import { ListOrdersDto } from './list-orders.dto';
import { OrderWithHistory } from './order';
import { OrderNotCancellable, OrderNotFound } from './order-errors';
import { CANCELLED_ORDER, CONFIRMED_ORDER, LAST_PAGE, PLACED_ORDER } from './order-examples';
import { OrderPage } from './order-page';

const ORDERS = '/orders';
const { id } = PLACED_ORDER;
const ORDER = `${ORDERS}/${id}`;

const ORDER_ID = {
  name: 'id',
  in: 'path',
  description: 'The `id` of an order: of the answer to `POST /orders`, or of one in `GET /orders`.',
  required: true,
  schema: { type: 'string', format: 'uuid' },
} as const;

const notAnId = (instance: string) => ({
  when: 'The id is no UUID.',
  error: new BadRequestException('Validation failed (uuid is expected)'),
  instance,
});

const NO_SUCH_ORDER = { when: 'There is no such order.', error: new OrderNotFound(id) };

export const GetOrderOperation = operation({
  operationId: 'getOrder',
  summary: 'Read an order',
  description:
    'The order with the history of its states. To ask whether it has changed, send the `ETag` of the last answer as `If-None-Match`.',
  path: ORDER,
  parameters: [
    ORDER_ID,
    {
      name: 'If-None-Match',
      in: 'header',
      required: false,
      description: 'The `ETag` of an answer that you have.',
      schema: { type: 'string' },
    },
  ],
  answers: {
    200: {
      description: 'The order.',
      type: OrderWithHistory,
      example: CONFIRMED_ORDER,
      headers: { ETag: ETAG },
    },
    304: { description: 'The order is still the one that you have.', headers: { ETag: ETAG } },
  },
  errors: [notAnId(`${ORDERS}/my-order`), badlyEncoded(`${ORDERS}/%25zz`), NO_SUCH_ORDER, ...DATABASE_ERRORS],
});

export const ListOrdersOperation = operation({
  operationId: 'listOrders',
  summary: 'List the orders',
  description: 'Newest first. While `nextCursor` is not null, there is another page.',
  path: ORDERS,
  parameters: queryParameters(ListOrdersDto, {
    status: 'Only orders in this state.',
    limit: 'How many orders a page has at most.',
    cursor: 'The `nextCursor` of the page before. Without it, the list begins with the newest order.',
  }),
  answers: { 200: { description: 'A page of orders.', type: OrderPage, example: LAST_PAGE } },
  errors: [
    invalid('A parameter is not valid.', 'limit', 'limit must not be greater than 100'),
    ...DATABASE_ERRORS,
  ],
});

export const CancelOrderOperation = operation({
  operationId: 'cancelOrder',
  summary: 'Cancel an order',
  description:
    'Takes an order that is pending or confirmed. What was reserved for it is available again. Cancelling a cancelled order changes nothing.',
  path: `${ORDER}/cancel`,
  parameters: [ORDER_ID],
  answers: { 200: { description: 'The cancelled order.', type: OrderWithHistory, example: CANCELLED_ORDER } },
  errors: [
    notAnId(`${ORDERS}/my-order/cancel`),
    badlyEncoded(`${ORDERS}/%25zz/cancel`),
    ...BODY_ERRORS,
    NO_SUCH_ORDER,
    { when: 'The order was rejected.', error: new OrderNotCancellable(id, 'rejected') },
    ...DATABASE_ERRORS,
  ],
});
