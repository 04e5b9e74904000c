import { OrderConfirmed } from '@app/contracts';
import { Readiness } from '@app/service';
import { eventually } from '../../../../infra/eventually';
import { Arrivals } from '../../../../test/support/arrivals';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { PublishedExchanges } from './published-exchanges';
import { Outbox } from './outbox';

const QUEUES = ['inventory.order_events', 'email.order_events', 'sms.order_events'];

describe(PublishedExchanges.name, () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'order-api', queueMaxLength: 1 });
  });
  afterAll(() => harness.close());

  const added = new Set<string>();
  const add = async (): Promise<void> => {
    const order = orderConfirmed();
    await harness.app.get(Outbox).add(OrderConfirmed, order);
    added.add(order.orderId);
  };
  const rows = () => harness.database.query<{ attempts: number }>('select attempts from outbox');
  const pauses = () => harness.log.filter((line) => line.includes('The broker refused')).length;
  const queuesHealth = async () => (await harness.app.get(Readiness).report()).checks.queues;
  const tried = async () => (await rows()).reduce((sum, { attempts }) => sum + attempts, 0);

  it('try a full queue with one message after each pause, however many wait', async () => {
    await eventually(async () => {
      await add();
      return pauses() > 0 && (await tried()) > 0;
    });
    await expect(queuesHealth()).resolves.toBe('degraded');
    await Promise.all(Array.from({ length: 20 }, add));
    const [pausesBefore, triedBefore] = [pauses(), await tried()];
    await eventually(() => pauses() > pausesBefore + 1, { within: 20_000 });
    expect((await tried()) - triedBefore).toBeLessThanOrEqual(pauses() - pausesBefore);
    const arrivals = new Arrivals(harness, QUEUES);
    await eventually(
      async () => {
        await arrivals.take();
        expect(await rows()).toEqual([]);
      },
      { within: 40_000 },
    );
    await arrivals.take();
    expect(arrivals.byQueue).toEqual(new Map(QUEUES.map((queue) => [queue, added])));
  });
});
