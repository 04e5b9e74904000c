import { OrderConfirmed } from '@app/contracts';
import { BACK, bootEmail, type Email } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

describe('What comes while no consumer is connected is handled later', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail();
  });
  afterAll(() => email.harness.close());

  /** Sends three orders while the service has no connection, and one once it listens again; resolves with all, in this order. */
  const sendWhileAwayAndAfter = async (): Promise<{ missed: string[]; seen: string }> => {
    const { harness } = email;
    const [whileAway, after] = [[1, 2, 3].map(orderConfirmed), orderConfirmed()];
    harness.broker.cut();
    await eventually(async () => expect(await harness.consumerTags()).toEqual([]));
    for (const order of whileAway) harness.send(OrderConfirmed, order);
    await harness.channel.waitForConfirms();
    harness.broker.restore();
    await eventually(async () => expect(await harness.consumerTags()).toHaveLength(1), BACK);
    harness.send(OrderConfirmed, after);
    await eventually(() => expect(email.mails.orderIds).toContain(after.orderId));
    return { missed: whileAway.map(({ orderId }) => orderId), seen: after.orderId };
  };

  withQueues(DURABLE, () => {
    it('in the order that it came in', async () => {
      const { missed, seen } = await sendWhileAwayAndAfter();
      expect(email.mails.orderIds).toEqual([...missed, seen]);
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue is there while its process is connected; a new one is bound afterwards`, async () => {
      const { seen } = await sendWhileAwayAndAfter();
      expect(email.mails.orderIds).toEqual([seen]);
    });
  });
});
