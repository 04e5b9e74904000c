import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Arrivals } from '../../../test/support/arrivals';
import { bootEmail, type Email } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../test/support/messaging-harness';
import { SETTING } from '../../../test/support/setting';
import { Outbox } from '../src/outbox/outbox';

const QUEUES = ['inventory.order_events', 'email.order_events', 'sms.order_events'];

/** More than the limit of a quorum queue, which is approximate, is ever exceeded by. */
const MANY = 500;

/** What an exclusive queue holds; see `ExclusiveQueueSource`. */
const EXCLUSIVE_MAX_LENGTH = 10_000;

/** Sent at once; more would keep this process from answering the broker's heartbeats. */
const BATCH = 500;

describe('A full queue refuses', () => {
  withQueues(['quorum', 'classic'], () => {
    let harness: MessagingHarness;

    beforeAll(async () => {
      const { queues } = SETTING;
      harness = await MessagingHarness.boot({ service: 'order-api', queueMaxLength: 1, queues });
    });
    afterAll(() => harness.close());

    const add = async (): Promise<string> => {
      const order = orderConfirmed();
      await harness.app.get(Outbox).add(OrderConfirmed, order);
      return order.orderId;
    };
    const rows = () => harness.database.query('select 1 from outbox');
    const pauses = () => harness.log.filter((line) => line.includes('Nothing is published')).length;

    withQueues(['quorum'], () => {
      it('the outbox keeps the rest, pauses the exchange, and sends it when there is room', async () => {
        const added = new Set<string>();
        await eventually(async () => {
          added.add(await add());
          return harness.log.join('\n').includes('The broker refused a message');
        });
        expect((await rows()).length).toBeGreaterThan(0);
        expect(harness.log.join('\n')).toMatch(
          /Nothing is published to order_events for \d+ ms: The broker refused/,
        );
        // By then a row was refused a second time.
        await eventually(() => pauses() > 2);
        const arrivals = new Arrivals(harness, QUEUES);
        await eventually(async () => {
          await arrivals.take();
          expect(await rows()).toEqual([]);
        });
        await arrivals.take();
        expect(arrivals.byQueue).toEqual(new Map(QUEUES.map((queue) => [queue, added])));
      });
    });

    withQueues(['classic'], () => {
      it(`${DOES_NOT_HOLD}a classic queue has no limit, and takes what comes until the disk is full`, async () => {
        for (let count = 0; count < MANY; count += 1) await add();
        await eventually(async () => expect(await rows()).toEqual([]), { within: 20_000 });
        for (const queue of QUEUES) await expect(harness.waiting(queue)).resolves.toBe(MANY);
      });
    });
  });

  withQueues(['exclusive'], () => {
    let email: Email;

    beforeAll(async () => {
      email = await bootEmail();
      for (const queue of ['inventory.order_events', 'sms.order_events'])
        await email.harness.channel.unbindQueue(queue, ORDER_EVENTS.name, '#');
    });
    afterAll(() => email.harness.close());

    const fill = async (): Promise<void> => {
      const gilded = { specversion: '1.0', id: '1', source: '/', type: 'order.gilded' };
      for (let sent = 0; sent < EXCLUSIVE_MAX_LENGTH; sent += BATCH) {
        for (let count = 0; count < BATCH; count += 1) email.harness.sendBody(ORDER_EVENTS, gilded);
        await email.harness.channel.waitForConfirms();
      }
    };

    it(`${DOES_NOT_HOLD}an exclusive queue drops its oldest messages, and holds up no publisher`, async () => {
      const { harness, mails } = email;
      const [oldest, newest] = [orderConfirmed(), orderConfirmed()];
      harness.postgres.cut();
      harness.send(OrderConfirmed, oldest);
      await eventually(async () => expect(await harness.consumerTags()).toEqual([]), { within: 20_000 });
      await fill();
      harness.send(OrderConfirmed, newest);
      await harness.channel.waitForConfirms();
      harness.postgres.restore();
      await eventually(() => expect(mails.orderIds).toEqual([newest.orderId]), { within: 90_000 });
    });
  });
});
