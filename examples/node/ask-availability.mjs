// Asks inventory how many pieces of a product can be ordered.
//
//   node ask-availability.mjs amqp://visitor:…@127.0.0.1:20173/order-events RUBBER-CHICKEN
import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';

const [url, sku] = process.argv.slice(2);
const connection = await connect(url);
const channel = await connection.createChannel();

// Inventory answers through an exchange, with the name of our queue as the routing key.
const { queue: answers } = await channel.assertQueue('', { exclusive: true });
await channel.bindQueue(answers, 'inventory.availability.answers', answers);

const id = randomUUID();
const answered = new Promise((resolve, reject) => {
  setTimeout(() => reject(new Error('Inventory has not answered within 2 s.')), 2_000).unref();
  const take = ({ content, properties }) => {
    if (properties.correlationId === id) resolve(JSON.parse(content));
  };
  channel.consume(answers, take, { noAck: true }).catch(reject);
});

const question = { pattern: 'inventory.availability', data: { sku }, id };
const properties = { replyTo: answers, correlationId: id, expiration: 2_000 };
channel.publish(
  'inventory.availability.questions',
  'inventory.availability',
  Buffer.from(JSON.stringify(question)),
  properties,
);
const { response } = await answered;
console.log(sku, response.available);
await connection.close();
