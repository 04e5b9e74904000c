import { eventually } from '../../../../infra/eventually';
import { MessagingHarness } from '../../../../test/support/messaging-harness';
import { BrokerConnections } from '../connection/broker-connections';
import { TopologyCheck } from './topology-check';

const QUEUES = ['inventory.order_events', 'email.order_events', 'sms.order_events'];
const MISSING = 'sms.order_events';

/** In each direction; far more than the broker takes to answer. */
const LATENCY_MS = 250;

describe(TopologyCheck.name, () => {
  let harness: MessagingHarness;
  let sut: TopologyCheck;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'order-api', withoutQueues: [MISSING] });
    const { publishing } = harness.app.get(BrokerConnections);
    await eventually(() => publishing.connected);
    sut = new TopologyCheck(publishing);
  });
  afterAll(() => harness.close());

  it('says what is missing', async () => {
    const needed = { exchanges: ['order_events', 'no_events'], queues: QUEUES };
    await expect(sut.missing(needed)).resolves.toEqual(['no_events', MISSING]);
    await expect(sut.has(needed)).resolves.toBe(false);
    await expect(sut.has({ exchanges: ['order_events'] })).resolves.toBe(true);
  });

  it('asks for many in the time of one, however far the broker is', async () => {
    const measure = async (queues: readonly string[]): Promise<number> => {
      const started = performance.now();
      await sut.missing({ queues });
      return performance.now() - started;
    };
    harness.broker.delay(LATENCY_MS);
    const [one, many] = [await measure(QUEUES.slice(0, 1)), await measure(QUEUES)];
    expect(one).toBeGreaterThan(2 * LATENCY_MS);
    expect(many).toBeLessThan(2 * one);
  });
});
