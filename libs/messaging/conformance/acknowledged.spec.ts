import { OrderConfirmed } from '@app/contracts';
import { BACK, bootEmail, type Email, QUEUE } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { latch, orderConfirmed } from '../../../test/support/messaging-harness';

describe('Acknowledged after the work', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail({ environment: { PREFETCH: '1' } });
  });
  afterAll(() => email.harness.close());

  /** Sends an order, and cuts the connection while it is handled; resolves with its message id once its work is committed. */
  const cutDuringWork = async (order: OrderConfirmed, meanwhile: () => Promise<void>): Promise<string> => {
    const { harness, mails } = email;
    const { held, release } = latch();
    mails.when(order.orderId, () => held);
    const id = harness.send(OrderConfirmed, order);
    await eventually(() => expect(mails.orderIds).toEqual([order.orderId]));
    harness.broker.cut();
    await meanwhile();
    release();
    const committed = () => harness.database.query('select 1 from inbox where message_id = $1', [id]);
    await eventually(async () => expect(await committed()).toHaveLength(1));
    harness.broker.restore();
    return id;
  };

  /** With a prefetch of one, the next message comes only once the last one is acknowledged. */
  const allAcknowledged = async (): Promise<void> => {
    const next = orderConfirmed();
    email.harness.send(OrderConfirmed, next);
    await eventually(() => expect(email.mails.orderIds.at(-1)).toBe(next.orderId), BACK);
  };

  withQueues(DURABLE, () => {
    it('a connection that is lost meanwhile brings the message back, which is known by then', async () => {
      const { harness } = email;
      await allAcknowledged();
      email.mails.forget();
      const id = await cutDuringWork(orderConfirmed(), () =>
        eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1)),
      );
      await allAcknowledged();
      expect(harness.log.join('\n')).toContain(`message ${id} was handled before`);
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue goes with its connection, and so does what was not acknowledged`, async () => {
      const { harness, mails } = email;
      const tags = await harness.consumerTags();
      await cutDuringWork(orderConfirmed(), () =>
        eventually(async () => expect(await harness.consumerTags()).toEqual([])),
      );
      await eventually(async () => expect(await harness.consumerTags()).toHaveLength(1), BACK);
      await expect(harness.consumerTags()).resolves.not.toEqual(tags);
      await allAcknowledged();
      expect(mails.attempts).toHaveLength(2);
      expect(harness.log.join('\n')).not.toContain('was handled before');
    });
  });
});
