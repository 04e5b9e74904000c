import { OrderConfirmed } from '@app/contracts';
import { connect } from 'amqplib';
import { BACK, bootEmail, DEAD, type Email, QUEUE } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../test/support/messaging-harness';
import { SETTING } from '../../../test/support/setting';

const DELIVERY_LIMIT = 50;

describe('What kills its consumer again and again becomes a dead letter', () => {
  withQueues(DURABLE, () => {
    let harness: MessagingHarness;

    beforeAll(async () => {
      harness = await MessagingHarness.boot({ service: 'email', queues: SETTING.queues });
    });
    afterAll(() => harness.close());

    /** Dies with a message that it has not acknowledged, if there is one within a moment. */
    const dies = async (): Promise<boolean> => {
      const connection = await connect(harness.vhost.url);
      const channel = await connection.createChannel();
      const message = await channel.get(QUEUE, { noAck: false });
      await connection.close();
      return message !== false;
    };

    withQueues(['quorum'], () => {
      it(`after ${DELIVERY_LIMIT} deliveries, when it comes once more`, async () => {
        harness.channel.sendToQueue(QUEUE, Buffer.from('kills its consumer'), { persistent: true });
        let deaths = 0;
        await eventually(
          async () => {
            if (await dies()) deaths += 1;
            return (await harness.waiting(DEAD)) === 1;
          },
          { within: 30_000 },
        );
        expect(deaths).toBe(DELIVERY_LIMIT + 1);
      });

      it('and stays one however often it is read', async () => {
        for (let reads = 0; reads < DELIVERY_LIMIT + 10; reads += 1) {
          await eventually(async () => {
            const message = await harness.channel.get(DEAD, { noAck: false });
            if (message === false) return false;
            harness.channel.nack(message, false, true);
            return true;
          });
        }
        await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1));
      });
    });

    withQueues(['classic'], () => {
      it(`${DOES_NOT_HOLD}a classic queue has no delivery limit, and brings it back for ever`, async () => {
        harness.channel.sendToQueue(QUEUE, Buffer.from('kills its consumer'), { persistent: true });
        for (let deaths = 0; deaths < DELIVERY_LIMIT + 10; deaths += 1) await eventually(dies);
        await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1));
        await expect(harness.waiting(DEAD)).resolves.toBe(0);
      });
    });
  });

  withQueues(['exclusive'], () => {
    let email: Email;

    beforeAll(async () => {
      email = await bootEmail();
    });
    afterAll(() => email.harness.close());

    it(`${DOES_NOT_HOLD}it is gone with the queue of the connection that it killed`, async () => {
      const { harness, mails } = email;
      const killing = orderConfirmed();
      mails.when(killing.orderId, () => {
        harness.broker.cut();
        return Promise.resolve();
      });
      harness.send(OrderConfirmed, killing);
      await eventually(async () => expect(await harness.consumerTags()).toEqual([]));
      harness.broker.restore();
      await eventually(async () => expect(await harness.consumerTags()).toHaveLength(1), BACK);
      const next = orderConfirmed();
      harness.send(OrderConfirmed, next);
      await eventually(() => expect(mails.orderIds).toEqual([killing.orderId, next.orderId]));
    });
  });
});
