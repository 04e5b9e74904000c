import amqp from 'amqplib';

const QUORUM = { durable: true, arguments: { 'x-queue-type': 'quorum' } };
const PREFETCH = 1_000;
const BATCH = 500;

const connection = await amqp.connect(process.env.RABBITMQ_URL);
const publishing = await connection.createConfirmChannel();
await publishing.assertExchange('order_events', 'fanout');
await publishing.assertExchange('inventory_events', 'topic');

/** Every program makes all queues, so that no event is unroutable, in whatever order they start. */
for (const queue of ['inventory', 'email', 'sms']) {
  await publishing.assertQueue(queue, QUORUM);
  await publishing.bindQueue(queue, 'order_events', '');
}
await publishing.assertQueue('order-api', QUORUM);
await publishing.bindQueue('order-api', 'inventory_events', 'stock.*');

/** Resolves once the broker has confirmed it. */
export const publish = (exchange, routingKey, body) =>
  new Promise((resolve, reject) => {
    const options = { persistent: true, mandatory: true };
    publishing.publish(exchange, routingKey, Buffer.from(body), options, (error) =>
      error ? reject(error) : resolve(),
    );
  });

/** Hands over what has arrived meanwhile, as one batch, and acknowledges it at once. */
export async function consume(queue, handle) {
  const channel = await connection.createChannel();
  let arrived = [];
  let busy = false;

  async function drain() {
    if (busy) return;
    busy = true;
    while (arrived.length > 0) {
      const batch = arrived.splice(0, BATCH);
      await handle(batch.map(({ content }) => JSON.parse(content.toString())));
      channel.ack(batch.at(-1), true);
    }
    busy = false;
  }

  await channel.prefetch(PREFETCH);
  await channel.consume(queue, (message) => {
    arrived.push(message);
    setImmediate(drain);
  });
}
