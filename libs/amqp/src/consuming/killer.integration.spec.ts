import { ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { BrokerConnections } from '../connection/broker-connections';
import { TopologyCheck } from '../topology/topology-check';
import { Delivery } from './delivery';
import { DurableQueueSource } from './durable-queue-source';
import { QueueConsumer } from './queue-consumer';

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;
const DELIVERY_LIMIT = 4;

describe('A message that kills its process', () => {
  let harness: MessagingHarness;
  const handled: string[] = [];

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'email' });
    await harness.channel.deleteQueue(QUEUE);
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
  });
  afterAll(() => harness.close());

  /** The broker sees of a process that is killed that its connections break, before it has acknowledged anything. */
  const kill = async (): Promise<void> => {
    harness.broker.cut();
    const { consuming } = harness.app.get(BrokerConnections);
    await eventually(() => !consuming.connected);
    harness.broker.restore();
  };

  const take = async (delivery: Delivery): Promise<void> => {
    const text = delivery.content.toString();
    if (text === 'kills') return kill();
    // All that came together has been delivered before the first is handled.
    await new Promise((resolve) => setImmediate(resolve));
    if (!delivery.isOurs) return;
    delivery.acknowledge();
    handled.push(text);
  };

  it('becomes a dead letter alone', async () => {
    const innocents = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((count) => `innocent ${count}`);
    for (const text of [...innocents.slice(0, 4), 'kills', ...innocents.slice(4)])
      harness.sendBody(ORDER_EVENTS, text);
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(10));

    const connection = harness.app.get(BrokerConnections).consuming;
    const source = new DurableQueueSource(QUEUE, { queues: [QUEUE] }, new TopologyCheck(connection));
    new QueueConsumer(connection, source, 100).start(take);

    await eventually(async () => expect(await harness.waiting(DEAD)).toBeGreaterThan(0), { within: 60_000 });
    await eventually(() => expect(new Set(handled)).toEqual(new Set(innocents)), { within: 20_000 });
    await expect(harness.waiting(DEAD)).resolves.toBe(1);
    expect((await harness.take(DEAD))?.content.toString()).toBe('kills');
  });
});
