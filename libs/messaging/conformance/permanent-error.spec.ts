import { OrderConfirmed } from '@app/contracts';
import { bootEmail, DEAD, type Email } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';
import { PermanentError } from '../src/failures/permanent-error';

class NoSuchMailbox extends PermanentError {
  override readonly code = 'NO_SUCH_MAILBOX';
}

describe('A permanent error is a dead letter at once', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail({ environment: { RETRY_DELAYS_MS: '100,200' } });
  });
  afterAll(() => email.harness.close());

  const failing = (errorOf: (attempt: number) => Error): string => {
    const order = orderConfirmed();
    email.mails.when(order.orderId, (attempt) => Promise.reject(errorOf(attempt)));
    email.harness.send(OrderConfirmed, order);
    return order.orderId;
  };

  withQueues(DURABLE, () => {
    it.each([
      ['at its first attempt', 1],
      ['when it turns out to be permanent at the second', 2],
    ])('with its code, %s', async (_when, last) => {
      const { harness, mails } = email;
      const orderId = failing((attempt) =>
        attempt === last ? new NoSuchMailbox('ada is unknown') : new Error('the mail server is down'),
      );
      await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1), { within: 10_000 });
      expect(mails.timesOf(orderId)).toHaveLength(last);
      const letter = await harness.take(DEAD);
      expect(letter?.properties.headers).toMatchObject({
        'x-failed-attempts': last,
        'x-reason': 'NO_SUCH_MAILBOX',
        'x-error': 'NoSuchMailbox: ada is unknown',
      });
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue has no dead letters, and the failure is logged`, async () => {
      failing(() => new NoSuchMailbox('ada is unknown'));
      await eventually(() => expect(email.harness.log.join('\n')).toMatch(/failed, and dropped/));
    });
  });
});
