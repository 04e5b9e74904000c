import { OrderConfirmed } from '@app/contracts';
import { bootEmail, type Email } from '../../../test/support/conformance/email';
import { DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

describe('A poison message holds up none of its neighbours', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail({ environment: { RETRY_DELAYS_MS: '2000,2000', PREFETCH: '1' } });
  });
  afterAll(() => email.harness.close());
  beforeEach(() => email.mails.forget());

  /** Sends one that always fails, and three that do not. */
  const sendAll = () => {
    const [poison = '', ...neighbours] = Array.from({ length: 4 }, () => {
      const order = orderConfirmed();
      email.harness.send(OrderConfirmed, order);
      return order.orderId;
    });
    email.mails.when(poison, () => Promise.reject(new Error('poison')));
    return { poison, neighbours };
  };

  withQueues(DURABLE, () => {
    it('they are handled while it waits on its ladder', async () => {
      const { poison, neighbours } = sendAll();
      await eventually(() => expect(email.mails.timesOf(poison)).toHaveLength(3), { within: 20_000 });
      expect(email.mails.orderIds).toEqual([poison, ...neighbours, poison, poison]);
    });
  });

  withQueues(['exclusive'], () => {
    it('they are handled after it was dropped', async () => {
      const { poison, neighbours } = sendAll();
      await eventually(() => expect(email.mails.orderIds).toEqual([poison, ...neighbours]));
    });
  });
});
