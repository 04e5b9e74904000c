import { OrderConfirmed } from '@app/contracts';
import { OwnRabbitmq } from '../../../test/support/own-rabbitmq';
import { BACK, bootEmail, type Email } from '../../../test/support/conformance/email';
import {
  describeWithOwnBroker,
  DOES_NOT_HOLD,
  DURABLE,
  withQueues,
} from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

const ORDERS = 200;
const AWAY = { within: 60_000 };

describeWithOwnBroker('What was confirmed outlives the broker, and consumers come back to it', () => {
  let own: OwnRabbitmq;
  let email: Email;

  beforeAll(async () => {
    own = await OwnRabbitmq.start();
    email = await bootEmail();
  });
  afterAll(async () => {
    await email.harness.close();
    await own.remove();
  });

  /** Sends orders that no consumer can handle yet, and takes the broker away; they could be handled from then on. */
  const loseBroker = async (how: 'kill' | 'stop'): Promise<string[]> => {
    const { harness, mails } = email;
    harness.postgres.cut();
    const orders = Array.from({ length: ORDERS }, orderConfirmed);
    for (const order of orders) harness.send(OrderConfirmed, order, { messageId: order.orderId });
    await harness.channel.waitForConfirms();
    // It has paused, and holds none of them.
    await eventually(async () => expect(await harness.consumerTags()).toEqual([]), BACK);
    await own.server[how]();
    mails.forget();
    harness.postgres.restore();
    await own.server.start();
    await harness.connectStranger();
    return orders.map(({ orderId }) => orderId);
  };

  const isBack = async (): Promise<void> => {
    const { harness, mails } = email;
    await eventually(async () => expect(await harness.consumerTags()).toHaveLength(1), AWAY);
    const order = orderConfirmed();
    harness.send(OrderConfirmed, order);
    await eventually(() => expect(mails.orderIds).toContain(order.orderId), BACK);
  };

  describe.each(['kill', 'stop'] as const)('after a %s and a start', (how) => {
    withQueues(DURABLE, () => {
      it('everything that was confirmed is handled', async () => {
        const orders = await loseBroker(how);
        await eventually(() => {
          const handled = new Set(email.mails.orderIds);
          expect(orders.filter((order) => !handled.has(order))).toEqual([]);
        }, AWAY);
        await isBack();
      });
    });

    withQueues(['exclusive'], () => {
      it(`${DOES_NOT_HOLD}an exclusive queue goes with its broker, and the consumer comes back to a new one`, async () => {
        const orders = await loseBroker(how);
        await isBack();
        expect(email.mails.orderIds.filter((order) => orders.includes(order))).toEqual([]);
      });
    });
  });
});
