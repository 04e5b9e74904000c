import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { bootEmail, DEAD, type Email } from '../../../test/support/conformance/email';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';

const envelope = { specversion: '1.0', id: '1', source: '/test', type: 'order.confirmed', data: {} };

const INVALID = [
  ['not JSON', 'order 4711', 'UNPARSEABLE_MESSAGE'],
  ['empty', '', 'UNPARSEABLE_MESSAGE'],
  ['no object', '[]', 'INVALID_ENVELOPE'],
  ['without a type', { ...envelope, type: undefined }, 'INVALID_ENVELOPE'],
  ['of a version to come', { ...envelope, dataschema: '/order.confirmed/v2' }, 'UNKNOWN_VERSION'],
  ['with an id of several KB', { ...envelope, id: 'x'.repeat(9_000) }, 'INVALID_ENVELOPE'],
  ['with an id that no database can keep', { ...envelope, id: 'order\0' }, 'INVALID_ENVELOPE'],
  ['with invalid data', envelope, 'INVALID_DATA'],
] as const;

describe('An invalid message is a dead letter at once', () => {
  let email: Email;

  beforeAll(async () => {
    email = await bootEmail();
  });
  afterAll(() => email.harness.close());

  withQueues(DURABLE, () => {
    it.each(INVALID)('as it came, when it is %s', async (_what, body, reason) => {
      const { harness, mails } = email;
      harness.sendBody(ORDER_EVENTS, body);
      await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1));
      const letter = await harness.take(DEAD);
      expect(letter?.properties.headers).toMatchObject({ 'x-failed-attempts': 1, 'x-reason': reason });
      expect(letter?.content.toString()).toBe(typeof body === 'string' ? body : JSON.stringify(body));
      expect(mails.attempts).toEqual([]);
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue has no dead letters; what is invalid is logged and no handler sees it`, async () => {
      const { harness, mails } = email;
      for (const [_what, body] of INVALID) harness.sendBody(ORDER_EVENTS, body);
      const valid = orderConfirmed();
      harness.send(OrderConfirmed, valid);
      await eventually(() => expect(mails.orderIds).toEqual([valid.orderId]));
      const dropped = () => harness.log.filter((line) => line.includes('failed, and dropped'));
      await eventually(() => expect(dropped()).toHaveLength(INVALID.length));
    });
  });
});
