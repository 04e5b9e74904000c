// Prints a line for each event of an order from now on. Ctrl-C ends it.
//
//   node watch-events.mjs amqp://visitor:…@127.0.0.1:20173/order-events
import { connect } from 'amqplib';

const connection = await connect(process.argv[2]);
const channel = await connection.createChannel();

// A queue of our own, which ends with this connection. The broker gives it its name.
const { queue } = await channel.assertQueue('', { exclusive: true });
await channel.bindQueue(queue, 'order_topics', 'order.*');

function show({ content }) {
  const { time, type, subject } = JSON.parse(content);
  console.log(time, type, subject);
}

// What is only shown may be lost, so the broker need not wait for an acknowledgement.
await channel.consume(queue, show, { noAck: true });
console.log('Watching.');
