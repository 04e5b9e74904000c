// A program that takes messages and acknowledges some of them. Then it holds the others, until lesson 12 kills it.
const { connect } = require('amqplib');

const [url, queue, prefetch, acknowledged, noAck] = process.argv.slice(2);

async function work() {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  await channel.prefetch(Number(prefetch));
  let received = 0;
  const receive = async (message) => {
    received += 1;
    if (received <= Number(acknowledged)) channel.ack(message);
    if (received < Number(prefetch)) return;
    // The broker answers this after it has read the acknowledgements, which it does not answer themselves.
    await channel.checkQueue(queue);
    process.send?.(received);
  };
  await channel.consume(queue, receive, { noAck: noAck === 'noAck' });
}

void work();
