import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import { Mails } from '../../../../test/support/mails';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { FailedDeliveries } from './failed-deliveries';
import { PermanentError } from './permanent-error';

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;
const LADDER_MS = [200, 400] as const;

/** How late a message may come out of a retry queue on a busy machine. */
const LATE_MS = 1_500;

class NoSuchMailbox extends PermanentError {
  override readonly code = 'NO_SUCH_MAILBOX';
}

describe(FailedDeliveries.name, () => {
  let harness: MessagingHarness;
  let mails: Mails;
  /** What the handler throws, attempt by attempt. */
  const errors = new Map<string, (attempt: number) => Error | undefined>();

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [Mails],
      environment: { RETRY_DELAYS_MS: LADDER_MS.join(','), PREFETCH: '1' },
    });
    mails = harness.app.get(Mails);
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    mails.reset();
    mails.act = (orderId, attempt) => {
      const error = errors.get(orderId)?.(attempt);
      return error === undefined ? Promise.resolve() : Promise.reject(error);
    };
    for (const queue of ['inventory.order_events', 'sms.order_events', DEAD])
      await harness.channel.purgeQueue(queue);
  });

  /** Sends an order whose handling throws; resolves with the ids of order and message. */
  const failing = (error: (attempt: number) => Error | undefined) => {
    const order = orderConfirmed();
    errors.set(order.orderId, error);
    const headers = { traceparent: 'the trace' };
    return { orderId: order.orderId, messageId: harness.send(OrderConfirmed, order, { headers }) };
  };

  const down = () => new Error('the mail server is down');

  const deadLetter = async () => {
    await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1));
    return harness.take(DEAD);
  };

  const expectLadder = (attempts: readonly number[]) => {
    LADDER_MS.forEach((delayMs, step) => {
      const waited = Number(attempts[step + 1]) - Number(attempts[step]);
      // The broker's clock and ours may differ by some milliseconds.
      expect(waited).toBeGreaterThan(delayMs - 20);
      expect(waited).toBeLessThan(delayMs + LATE_MS);
    });
  };

  it('lets a message that fails twice succeed at its third attempt, at the times of the ladder', async () => {
    const { orderId } = failing((attempt) => (attempt < 3 ? down() : undefined));
    await eventually(() => expect(mails.timesOf(orderId)).toHaveLength(3));
    expectLadder(mails.timesOf(orderId));
    await expect(harness.waiting(DEAD)).resolves.toBe(0);
  });

  it('does not trouble the other services with it', async () => {
    const { orderId } = failing((attempt) => (attempt < 3 ? down() : undefined));
    await eventually(() => expect(mails.timesOf(orderId)).toHaveLength(3));
    await expect(harness.waiting('inventory.order_events')).resolves.toBe(1);
    await expect(harness.waiting('sms.order_events')).resolves.toBe(1);
  });

  it('makes a message that always fails a dead letter after one attempt more than the ladder has steps', async () => {
    const { orderId, messageId } = failing(down);
    const letter = await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(LADDER_MS.length + 1);
    expectLadder(mails.timesOf(orderId));
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

  it('makes a permanent error a dead letter at once, with its code', async () => {
    const { orderId } = failing(() => new NoSuchMailbox('ada is unknown'));
    const letter = await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(1);
    expect(letter?.properties.headers).toMatchObject({
      'x-failed-attempts': 1,
      'x-reason': 'NO_SUCH_MAILBOX',
      'x-error': 'NoSuchMailbox: ada is unknown',
    });
  });

  it('ends the ladder early for an error that turns out to be permanent', async () => {
    const { orderId } = failing((attempt) => (attempt === 1 ? down() : new NoSuchMailbox('gone')));
    const letter = await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(2);
    expect(letter?.properties.headers).toMatchObject({
      'x-failed-attempts': 2,
      'x-reason': 'NO_SUCH_MAILBOX',
    });
  });

  const envelope = { specversion: '1.0', id: '1', source: '/test', type: 'order.confirmed', data: {} };
  it.each([
    ['not JSON', 'order 4711', 'UNPARSEABLE_MESSAGE'],
    ['empty', '', 'UNPARSEABLE_MESSAGE'],
    ['no object', '[]', 'INVALID_ENVELOPE'],
    ['without a type', { ...envelope, type: undefined }, 'INVALID_ENVELOPE'],
    ['of a version to come', { ...envelope, dataschema: '/order.confirmed/v2' }, 'UNKNOWN_VERSION'],
    ['with invalid data', envelope, 'INVALID_DATA'],
  ])('makes a message that is %s a dead letter at once, as it came', async (_what, body, reason) => {
    harness.sendBody(ORDER_EVENTS, body);
    const letter = await deadLetter();
    expect(letter?.properties.headers).toMatchObject({ 'x-failed-attempts': 1, 'x-reason': reason });
    expect(letter?.content.toString()).toBe(typeof body === 'string' ? body : JSON.stringify(body));
    expect(mails.attempts).toEqual([]);
  });

  it('climbs the ladder from its start for a dead letter that is sent back', async () => {
    const { orderId } = failing(down);
    const letter = await deadLetter();
    mails.attempts.length = 0;
    harness.channel.sendToQueue(QUEUE, letter?.content ?? Buffer.alloc(0), { messageId: 'redriven' });
    await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(LADDER_MS.length + 1);
  });

  it('does not let a poison message hold up its neighbours', async () => {
    const poison = failing(down);
    const neighbours = [orderConfirmed(), orderConfirmed(), orderConfirmed()];
    for (const order of neighbours) harness.send(OrderConfirmed, order);
    await deadLetter();
    const [first, ...others] = mails.orderIds;
    expect(first).toBe(poison.orderId);
    expect(others.slice(0, 3)).toEqual(neighbours.map(({ orderId }) => orderId));
    expect(others.slice(3)).toEqual([poison.orderId, poison.orderId]);
  });

  it('keeps a failed message until the broker has its copy, so that it comes back if the service dies before', async () => {
    await harness.channel.unbindQueue(DEAD, 'email.retry', DEAD);
    const { orderId } = failing(() => new NoSuchMailbox('gone'));
    await eventually(() => expect(harness.log.join('\n')).toContain('cannot hand over a failed message yet'));
    harness.broker.cut();
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(1));
    await harness.channel.bindQueue(DEAD, 'email.retry', DEAD);
    harness.broker.restore();
    const letter = await deadLetter();
    expect(letter?.properties.headers).toMatchObject({
      'x-failed-attempts': 1,
      'x-reason': 'NO_SUCH_MAILBOX',
    });
    expect(mails.timesOf(orderId)).toHaveLength(2);
  });

  it('hands a failed message over as soon as the broker takes its copy', async () => {
    await harness.channel.unbindQueue(DEAD, 'email.retry', DEAD);
    harness.log.length = 0;
    const { orderId } = failing(() => new NoSuchMailbox('gone'));
    await eventually(() => expect(harness.log.join('\n')).toContain('cannot hand over a failed message yet'));
    await harness.channel.bindQueue(DEAD, 'email.retry', DEAD);
    await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(1);
  });
});
