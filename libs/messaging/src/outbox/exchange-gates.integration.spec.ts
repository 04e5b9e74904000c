import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { ExchangeGates } from './exchange-gates';
import { Outbox } from './outbox';

const QUEUES = ['inventory.order_events', 'email.order_events', 'sms.order_events'];
const MISSING = 'sms.order_events';

describe(ExchangeGates.name, () => {
  let harness: MessagingHarness;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'order-api',
      queueMaxLength: 1,
      withoutQueues: [MISSING],
    });
  });
  afterAll(() => harness.close());

  const add = () => harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
  const rows = () => harness.database.query<{ attempts: number; last_error: string }>('select * from outbox');
  const waiting = (queues = QUEUES) => Promise.all(queues.map((queue) => harness.waiting(queue)));
  const bindAll = (action: 'bindQueue' | 'unbindQueue') =>
    Promise.all(QUEUES.map((queue) => harness.channel[action](queue, ORDER_EVENTS.name, '#')));

  /** Waits until every queue has got one more message, and takes it out. */
  const arrivesEverywhere = () =>
    eventually(
      async () => {
        expect(await rows()).toEqual([]);
        expect(await waiting()).toEqual([1, 1, 1]);
        for (const queue of QUEUES) await harness.channel.purgeQueue(queue);
      },
      { within: 15_000 },
    );

  it('publish nothing at all while one queue is missing, and say which', async () => {
    await add();
    await eventually(() => expect(harness.log.join('\n')).toContain(`missing on the broker: ${MISSING}`));
    await expect(waiting(QUEUES.filter((queue) => queue !== MISSING))).resolves.toEqual([0, 0]);
    await expect(rows()).resolves.toMatchObject([{ attempts: 0, last_error: null }]);
  });

  it('let everything through once the queue is there', async () => {
    await harness.applyTopology();
    await arrivesEverywhere();
  });

  it('keep an event that no queue is bound for, with the reason, and send it later', async () => {
    await bindAll('unbindQueue');
    await add();
    await eventually(async () =>
      expect(await rows()).toMatchObject([
        { attempts: 1, last_error: expect.stringContaining('No queue is bound to exchange "order_events"') },
      ]),
    );
    await bindAll('bindQueue');
    await arrivesEverywhere();
  });

  it('keep what a full queue refuses, pause the exchange, and send it when there is room', async () => {
    // The limit of a quorum queue is approximate: it takes some more.
    const refused = () => harness.log.join('\n').includes('The broker refused a message');
    await eventually(async () => {
      await add();
      return refused();
    });
    expect((await rows()).length).toBeGreaterThan(0);
    expect(harness.log.join('\n')).toMatch(
      /Nothing is published to order_events for \d+ ms: The broker refused/,
    );
    await eventually(
      async () => {
        for (const queue of QUEUES) await harness.channel.purgeQueue(queue);
        expect(await rows()).toEqual([]);
      },
      { within: 20_000 },
    );
  });
});
