// Has the email service send a mail: puts a task into its work queue.
//
//   node send-mail.mjs amqp://visitor:…@127.0.0.1:20173/order-events ada@example.com
import { randomUUID } from 'node:crypto';
import { connect } from 'amqplib';

const [url, to] = process.argv.slice(2);
const connection = await connect(url);
const channel = await connection.createConfirmChannel();

// Changes nothing where the queue is there, as here. RabbitMQ also confirms a message to a queue that is not.
await channel.assertQueue('email_tasks', { durable: true });

const task = { to, subject: 'Hello from Node', content: 'amqplib sent this.' };
channel.sendToQueue('email_tasks', Buffer.from(JSON.stringify(task)), {
  contentType: 'application/json',
  persistent: true,
  // A task that is sent twice under the same id is one mail.
  messageId: randomUUID(),
});

// Rejects where the broker has not stored it.
await channel.waitForConfirms();
console.log('The task is stored.');
await connection.close();
