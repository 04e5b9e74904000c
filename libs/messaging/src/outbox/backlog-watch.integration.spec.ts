import { BACKLOG_AFTER_MS } from '@app/amqp';
import { OPS_ALERTS, OrderConfirmed, type Alert } from '@app/contracts';
import { Readiness } from '@app/service';
import { SchedulerRegistry } from '@nestjs/schedule';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { BacklogWatch } from './backlog-watch';
import { Outbox } from './outbox';

const QUEUES = ['inventory.order_events', 'email.order_events', 'sms.order_events'];
const LEFT_ALONE = 'sms.order_events';
const ALERTS = 'told';

describe(BacklogWatch.name, () => {
  let harness: MessagingHarness;
  let sut: BacklogWatch;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({ service: 'order-api' });
    sut = harness.app.get(BacklogWatch);
    // The times of its looks are the spec's.
    const intervals = harness.app.get(SchedulerRegistry);
    for (const name of intervals.getIntervals()) intervals.deleteInterval(name);
    await harness.channel.assertQueue(ALERTS);
    await harness.channel.bindQueue(ALERTS, OPS_ALERTS.name, 'warning');
    for (const queue of QUEUES.filter((one) => one !== LEFT_ALONE))
      await harness.channel.consume(queue, () => undefined, { noAck: true });
  });
  afterAll(() => harness.close());

  const health = async () => (await harness.app.get(Readiness).report()).checks.queues;
  const add = () => harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
  const told = async (): Promise<Alert | undefined> => {
    const message = await harness.take(ALERTS);
    if (message === undefined) return undefined;
    const alert: Alert = JSON.parse(message.content.toString());
    return alert;
  };

  it('says which queue has messages and no consumer, once, and is degraded as long as that lasts', async () => {
    await add();
    await eventually(async () => expect(await harness.waiting(LEFT_ALONE)).toBe(1));
    await sut.look(0);
    await expect(health()).resolves.toBe('up');
    await sut.look(BACKLOG_AFTER_MS);
    await expect(health()).resolves.toBe('degraded');
    await eventually(async () =>
      expect(await told()).toMatchObject({
        code: 'QUEUE_BACKLOG',
        text: `${LEFT_ALONE} has 1 messages and no consumer, for more than 60 s`,
      }),
    );
    await sut.look(2 * BACKLOG_AFTER_MS);
    await expect(health()).resolves.toBe('degraded');
    await harness.channel.purgeQueue(LEFT_ALONE);
    await sut.look(3 * BACKLOG_AFTER_MS);
    await expect(health()).resolves.toBe('up');
    await expect(told()).resolves.toBeUndefined();
  });
});
