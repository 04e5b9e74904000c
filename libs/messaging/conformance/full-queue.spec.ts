import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { bootEmail, type Email } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../test/support/eventually';
import { latch, MessagingHarness, orderConfirmed } from '../../../test/support/messaging-harness';
import { SETTING } from '../../../test/support/setting';
import { Outbox } from '../src/outbox/outbox';

const QUEUES = ['inventory.order_events', 'email.order_events', 'sms.order_events'];

/** More than the limit of a quorum queue, which is approximate, is ever exceeded by. */
const MANY = 500;

/** What an exclusive queue holds; see `ExclusiveQueueSource`. */
const EXCLUSIVE_MAX_LENGTH = 10_000;
const PREFETCH = 2;

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

    const add = () => harness.app.get(Outbox).add(OrderConfirmed, orderConfirmed());
    const rows = () => harness.database.query('select 1 from outbox');
    const emptyQueues = () => Promise.all(QUEUES.map((queue) => harness.channel.purgeQueue(queue)));

    withQueues(['quorum'], () => {
      it('the outbox keeps the rest, pauses the exchange, and sends it when there is room', async () => {
        await eventually(async () => {
          await add();
          return harness.log.join('\n').includes('The broker refused a message');
        });
        expect((await rows()).length).toBeGreaterThan(0);
        expect(harness.log.join('\n')).toMatch(
          /Nothing is published to order_events for \d+ ms: The broker refused/,
        );
        await eventually(
          async () => {
            await emptyQueues();
            expect(await rows()).toEqual([]);
          },
          { within: 20_000 },
        );
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
    const { held, release } = latch();

    beforeAll(async () => {
      email = await bootEmail({ environment: { PREFETCH: String(PREFETCH) } });
    });
    afterAll(async () => {
      release();
      await email.harness.close();
    });

    it(`${DOES_NOT_HOLD}an exclusive queue drops its oldest messages, and holds up nobody`, async () => {
      const { harness, mails } = email;
      for (const queue of ['inventory.order_events', 'sms.order_events'])
        await harness.channel.unbindQueue(queue, ORDER_EVENTS.name, '#');
      const [slow, dropped, last] = [orderConfirmed(), orderConfirmed(), orderConfirmed()];
      mails.when(slow.orderId, () => held);
      for (let inHand = 0; inHand < PREFETCH; inHand += 1)
        harness.send(OrderConfirmed, slow, { messageId: `slow ${inHand}` });
      await eventually(() => expect(mails.attempts).toHaveLength(PREFETCH), { within: 10_000 });
      harness.send(OrderConfirmed, dropped);
      for (let sent = 0; sent < EXCLUSIVE_MAX_LENGTH; sent += BATCH) {
        const gilded = { specversion: '1.0', id: '1', source: '/', type: 'order.gilded' };
        for (let count = 0; count < BATCH; count += 1) harness.sendBody(ORDER_EVENTS, gilded);
        await harness.channel.waitForConfirms();
      }
      harness.send(OrderConfirmed, last);
      await harness.channel.waitForConfirms();
      release();
      await eventually(() => expect(mails.orderIds).toContain(last.orderId), { within: 90_000 });
      expect(mails.orderIds).not.toContain(dropped.orderId);
    });
  });
});
