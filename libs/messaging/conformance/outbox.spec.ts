import { Publisher } from '@app/amqp';
import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../test/support/messaging-harness';
import { Arrivals } from '../../../test/support/arrivals';
import { SETTING } from '../../../test/support/setting';
import { Outbox } from '../src/outbox/outbox';
import { WakeUp } from '../src/outbox/wake-up';

const MISSING = 'sms.order_events';
const EXCLUSIVE = 'email.order_events';
const QUEUES = ['inventory.order_events', EXCLUSIVE, MISSING];

/** The durable queues that listen to the orders. */
const LISTENING = QUEUES.filter((queue) => SETTING.queues !== 'exclusive' || queue !== EXCLUSIVE);

describe('A row leaves the outbox only when every queue has its event', () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    const { queues } = SETTING;
    harness = await MessagingHarness.boot({ service: 'order-api', queues, withoutQueues: [MISSING] });
  });
  afterAll(() => harness.close());

  const add = async (): Promise<string> => {
    const order = orderConfirmed();
    await harness.app.get(Outbox).add(OrderConfirmed, order);
    return order.orderId;
  };
  const rows = () => harness.database.query<{ attempts: number; last_error: string }>('select * from outbox');
  const bindAll = (action: 'bindQueue' | 'unbindQueue') =>
    Promise.all(LISTENING.map((queue) => harness.channel[action](queue, ORDER_EVENTS.name, '#')));

  /** Waits until the outbox is empty; every queue has got these orders then. */
  const arriveEverywhere = async (...orders: readonly string[]) => {
    await eventually(async () => expect(await rows()).toEqual([]), { within: 20_000 });
    const arrivals = new Arrivals(harness, LISTENING);
    await arrivals.take();
    expect(arrivals.byQueue).toEqual(new Map(LISTENING.map((queue) => [queue, new Set(orders)])));
  };

  /** It sleeps after each of its rounds; the first of these may have begun before. */
  const relayHadTwoRounds = async () => {
    const sleep = jest.spyOn(harness.app.get(WakeUp), 'sleep');
    await eventually(() => sleep.mock.calls.length >= 3);
    sleep.mockRestore();
  };

  it('not while one queue is missing: nothing at all is published, and the log says which', async () => {
    const order = await add();
    await eventually(() => expect(harness.log.join('\n')).toContain(`missing on the broker: ${MISSING}`));
    for (const queue of LISTENING.filter((one) => one !== MISSING))
      await expect(harness.waiting(queue)).resolves.toBe(0);
    await expect(rows()).resolves.toMatchObject([{ attempts: 0, last_error: null }]);
    await harness.applyTopology();
    await arriveEverywhere(order);
  });

  it('not while a queue was deleted a moment ago: what the others have got comes to all of them', async () => {
    await arriveEverywhere(await add());
    harness.log.length = 0;
    await harness.channel.deleteQueue(MISSING);
    const order = await add();
    await eventually(() =>
      expect(harness.log.filter((line) => line.includes(`missing on the broker: ${MISSING}`))).not.toEqual(
        [],
      ),
    );
    await expect(rows()).resolves.toMatchObject([{ attempts: 0, last_error: null }]);
    await harness.applyTopology();
    await arriveEverywhere(order);
  });

  it('not between the declaration of a queue and its binding', async () => {
    await harness.channel.deleteQueue(MISSING);
    harness.log.length = 0;
    const order = await add();
    await eventually(() => expect(harness.log.join('\n')).toContain(`missing on the broker: ${MISSING}`));
    const type = SETTING.queues === 'classic' ? 'classic' : 'quorum';
    await harness.channel.assertQueue(MISSING, { arguments: { 'x-queue-type': type } });
    await eventually(() => expect(harness.log.join('\n')).toContain('All queues are there'));
    await bindAll('bindQueue');
    await arriveEverywhere(order);
  });

  it('not while no queue is bound', async () => {
    await bindAll('unbindQueue');
    const order = await add();
    await eventually(async () =>
      expect(await rows()).toMatchObject([
        { attempts: 1, last_error: expect.stringContaining('No queue is bound to exchange "order_events"') },
      ]),
    );
    await bindAll('bindQueue');
    await arriveEverywhere(order);
  });

  it('not while the broker is away, which costs no attempt', async () => {
    harness.broker.cut();
    await eventually(() => !harness.app.get(Publisher).isAvailable);
    const orders = [await add(), await add()];
    await relayHadTwoRounds();
    await expect(rows()).resolves.toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
    harness.broker.restore();
    await arriveEverywhere(...orders);
  });

  it('not before its confirm: nothing is lost when the broker closes the connection under load', async () => {
    const orders: string[] = [];
    let closed = false;
    const keepAdding = async (): Promise<void> => {
      while (!closed) orders.push(await add());
    };
    const adding = Promise.all(Array.from({ length: 10 }, keepAdding));
    await eventually(() => orders.length > 200, { within: 30_000 });
    await harness.closeConnection('order-api publishing');
    await eventually(() => !harness.app.get(Publisher).isAvailable);
    closed = true;
    await adding;
    await arriveEverywhere(...orders);
  });
});
