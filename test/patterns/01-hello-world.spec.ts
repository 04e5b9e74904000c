import { eventually } from '../../infra/eventually';
import { openLesson, takeAll, textOf } from '../support/patterns/lesson';
import { tell } from '../support/patterns/story';

describe('01 Hello world', () => {
  const lesson = openLesson();

  it('a producer puts a message into a queue, and a consumer gets it', async () => {
    const producer = await lesson.channel();
    await producer.assertQueue('hello');
    producer.sendToQueue('hello', Buffer.from('Hello, RabbitMQ!'));
    tell('the producer has sent: Hello, RabbitMQ!');

    const consumer = await lesson.channel();
    const received: string[] = [];
    await consumer.assertQueue('hello');
    await consumer.consume('hello', (message) => received.push(textOf(message)), { noAck: true });

    await eventually(() => expect(received).toEqual(['Hello, RabbitMQ!']));
    tell(`the consumer has got: ${received.join()}`);
  });

  it('the message waits in the queue for a consumer that starts after the producer has ended', async () => {
    const connection = await lesson.connect();
    const producer = await connection.createConfirmChannel();
    await producer.assertQueue('mailbox');
    producer.sendToQueue('mailbox', Buffer.from('Are you there?'));
    await producer.waitForConfirms();
    await connection.close();

    const consumer = await lesson.channel();
    const { messageCount, consumerCount } = await consumer.checkQueue('mailbox');
    tell(`the producer has ended; in the queue: ${messageCount} message, ${consumerCount} consumers`);
    expect({ messageCount, consumerCount }).toEqual({ messageCount: 1, consumerCount: 0 });
    expect(await takeAll(consumer, 'mailbox')).toEqual(['Are you there?']);
  });

  it('it went through the default exchange, whose routing key is the name of a queue', async () => {
    const channel = await lesson.channel();
    await channel.assertQueue('letters');
    channel.publish('', 'letters', Buffer.from('the same as sendToQueue'));
    await channel.waitForConfirms();

    const message = await channel.get('letters', { noAck: true });
    const { exchange, routingKey } = message === false ? { exchange: '?', routingKey: '?' } : message.fields;
    tell(`exchange "${exchange}", routing key "${routingKey}"`);
    expect({ exchange, routingKey }).toEqual({ exchange: '', routingKey: 'letters' });
  });
});
