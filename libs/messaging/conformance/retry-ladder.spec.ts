import { OrderConfirmed } from '@app/contracts';
import { bootEmail, DEAD, type Email } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

const LADDER_MS = [200, 400] as const;

/** How late a message may come out of a retry queue on a busy machine. */
const LATE_MS = 1_500;

const NEIGHBOURS = ['inventory.order_events', 'sms.order_events'];

describe('A failure climbs the ladder, and ends as a dead letter that tells its story', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail({ environment: { RETRY_DELAYS_MS: LADDER_MS.join(',') } });
  });
  afterAll(() => email.harness.close());

  /** Sends an order that cannot be handled so many times. */
  const failing = (times: number) => {
    const { harness, mails } = email;
    const order = orderConfirmed();
    mails.when(order.orderId, (attempt) =>
      attempt <= times ? Promise.reject(new Error('the mail server is down')) : Promise.resolve(),
    );
    const headers = { traceparent: 'the trace' };
    return { orderId: order.orderId, messageId: harness.send(OrderConfirmed, order, { headers }) };
  };

  const attempted = (orderId: string, times: number) =>
    eventually(() => expect(email.mails.timesOf(orderId)).toHaveLength(times), { within: 10_000 });

  const expectLadder = (attempts: readonly number[]) => {
    LADDER_MS.forEach((delayMs, step) => {
      const waited = Number(attempts[step + 1]) - Number(attempts[step]);
      // The broker's clock and ours may differ by some milliseconds.
      expect(waited).toBeGreaterThan(delayMs - 20);
      expect(waited).toBeLessThan(delayMs + LATE_MS);
    });
  };

  withQueues(DURABLE, () => {
    it('lets it succeed at its third attempt, at the times of the ladder, without troubling another service', async () => {
      const { harness, mails } = email;
      const { orderId } = failing(2);
      await attempted(orderId, 3);
      expectLadder(mails.timesOf(orderId));
      await expect(harness.waiting(DEAD)).resolves.toBe(0);
      for (const queue of NEIGHBOURS) await expect(harness.waiting(queue)).resolves.toBe(1);
    });

    it('makes it a dead letter after one attempt more than the ladder has steps', async () => {
      const { harness, mails } = email;
      const { orderId, messageId } = failing(Infinity);
      await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1), { within: 10_000 });
      expect(mails.timesOf(orderId)).toHaveLength(LADDER_MS.length + 1);
      expectLadder(mails.timesOf(orderId));
      const letter = await harness.take(DEAD);
      expect(JSON.parse(String(letter?.content))).toMatchObject({ id: messageId, data: { orderId } });
      expect(letter?.properties).toMatchObject({
        messageId,
        deliveryMode: 2,
        contentType: 'application/cloudevents+json',
      });
      // RabbitMQ counts deliveries by itself.
      const { 'x-delivery-count': _count, ...headers } = letter?.properties.headers ?? {};
      expect(headers).toEqual({
        traceparent: 'the trace',
        'x-failed-attempts': 3,
        'x-reason': 'RETRIES_EXHAUSTED',
        'x-error': 'Error: the mail server is down',
        'x-failed-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      });
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}what fails on an exclusive queue is logged, and that is all`, async () => {
      const { harness, mails } = email;
      const { orderId } = failing(1);
      await eventually(() => expect(harness.log.join('\n')).toContain('failed, and dropped'));
      const next = failing(0);
      await attempted(next.orderId, 1);
      expect(mails.timesOf(orderId)).toHaveLength(1);
    });
  });
});
