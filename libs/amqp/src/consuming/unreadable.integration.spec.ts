import { ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { publishTooDeep } from '../../../../test/support/not-utf-8';
import { BrokerConnections } from '../connection/broker-connections';
import { TopologyCheck } from '../topology/topology-check';
import { DurableQueueSource } from './durable-queue-source';
import { QueueConsumer } from './queue-consumer';

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;

/** The real limit is 50; each delivery costs a connection, which is tried again after a second. */
const DELIVERY_LIMIT = 2;

describe('A message whose headers amqplib cannot read', () => {
  let harness: MessagingHarness;
  const handled: string[] = [];

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email', withoutQueues: [QUEUE] });
    await harness.channel.assertQueue(QUEUE, {
      durable: true,
      arguments: {
        'x-queue-type': 'quorum',
        'x-delivery-limit': DELIVERY_LIMIT,
        'x-dead-letter-exchange': 'email.retry',
        'x-dead-letter-routing-key': DEAD,
      },
    });
    await harness.channel.bindQueue(QUEUE, ORDER_EVENTS.name, '');
    const connection = harness.app.get(BrokerConnections).consuming;
    const source = new DurableQueueSource(QUEUE, { queues: [QUEUE] }, new TopologyCheck(connection));
    new QueueConsumer(connection, source, 10).start((delivery) => {
      handled.push(delivery.content.toString());
      delivery.acknowledge();
      return Promise.resolve();
    });
    await eventually(async () => expect(await harness.consumers(QUEUE)).toBe(1));
  });
  afterAll(() => harness.close());

  it('costs the connection each time, ends as a dead letter, and takes no neighbour along', async () => {
    await publishTooDeep(harness.vhost.url, QUEUE, 'poison');
    for (const text of ['a', 'b', 'c']) harness.sendBody(ORDER_EVENTS, text);
    await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1), { within: 60_000 });
    await eventually(() => expect(new Set(handled)).toEqual(new Set(['a', 'b', 'c'])), { within: 30_000 });
    expect(await harness.waiting(DEAD)).toBe(1);
    expect(handled).not.toContain('poison');
  }, 120_000);
});
