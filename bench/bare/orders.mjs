import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import { event } from './event.mjs';

const PRICE = 2;
const BODY = {
  type: 'object',
  required: ['customer', 'lines'],
  properties: { customer: { type: 'object' }, lines: { type: 'array' } },
};

/** `POST /orders`, and nothing of what makes a service: the order and its event go to `save`, then the caller is answered. */
export async function serveOrders(save) {
  const app = Fastify();
  app.post('/orders', { schema: { body: BODY } }, async (request, reply) => {
    const { customer, lines } = request.body;
    const id = randomUUID();
    const total = lines.reduce((sum, { quantity }) => sum + quantity * PRICE, 0);
    const created = event('order.created', id, { orderId: id, customer, lines, total });
    await save([id, JSON.stringify(customer), JSON.stringify(lines), total, created]);
    return reply.code(201).send({ id, status: 'pending', customer, lines, total });
  });
  await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}
