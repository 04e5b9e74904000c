import { OrderConfirmed } from '@app/contracts';
import { Readiness } from '@app/service';
import { eventually } from '../../../../infra/eventually';
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

  const add = () => harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
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
    await eventually(
      async () => {
        for (const queue of QUEUES) await harness.channel.purgeQueue(queue);
        expect(await rows()).toEqual([]);
      },
      { within: 40_000 },
    );
  });
});
