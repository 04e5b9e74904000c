import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { RecordingSubscriber } from '../../../../../test/support/recording-subscriber';
import { eventually } from '../../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../../test/support/messaging-harness';
import { Registry } from 'prom-client';
import { Scrape } from '../../../../../test/support/scrape';
import { RetryOrDeadLetter } from './retry-or-dead-letter';
import { PermanentError } from '../../failures/permanent-error';
import { NOT_UTF_8, publishNotUtf8 } from '../../../../../test/support/not-utf-8';

const QUEUE = 'email.order_events';
const DEAD = `${QUEUE}.dead`;
const LADDER_MS = [200, 400];

class NoSuchMailbox extends PermanentError {
  override readonly code = 'NO_SUCH_MAILBOX';
}

class EndlessCode extends PermanentError {
  override readonly code = 'X'.repeat(70_000);
}

describe(RetryOrDeadLetter.name, () => {
  let harness: MessagingHarness;
  let mails: RecordingSubscriber;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'email',
      listensTo: ORDER_EVENTS,
      handlers: [RecordingSubscriber],
      environment: { RETRY_DELAYS_MS: LADDER_MS.join(','), PREFETCH: '1' },
    });
    mails = harness.app.get(RecordingSubscriber);
  });
  afterAll(() => harness.close());
  beforeEach(async () => {
    mails.forget();
    await harness.channel.purgeQueue(DEAD);
  });

  /** Sends an order whose handling fails; resolves with its id. */
  const failing = (error: Error): string => {
    const order = orderConfirmed();
    mails.when(order.orderId, () => Promise.reject(error));
    harness.send(OrderConfirmed, order);
    return order.orderId;
  };

  const deadLetter = async () => {
    await eventually(async () => expect(await harness.waiting(DEAD)).toBe(1));
    return harness.take(DEAD);
  };

  it('climbs the ladder from its start for a dead letter that is sent back without the headers of its failure', async () => {
    const orderId = failing(new Error('the mail server is down'));
    const letter = await deadLetter();
    mails.attempts.length = 0;
    harness.channel.sendToQueue(QUEUE, letter?.content ?? Buffer.alloc(0), { messageId: 'redriven' });
    await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(LADDER_MS.length + 1);
  });

  it('is counted at each attempt', async () => {
    const counts = async () =>
      (await Scrape.from(harness.app.get(Registry))).by('outcome', 'messaging_messages_total', {
        queue: QUEUE,
      });
    const { retried = 0, dead = 0 } = await counts();
    failing(new Error('the mail server is down'));
    await deadLetter();
    const after = { retried: retried + LADDER_MS.length, dead: dead + 1 };
    await eventually(async () => expect(await counts()).toMatchObject(after));
  });

  it('takes a header along as far as amqplib can write it, and publishes on', async () => {
    const microseconds = { '!': 'double', value: 2 ** 50 + 0.5 };
    harness.sendBody(ORDER_EVENTS, 'poison', { headers: { microseconds, stranger: 'yes' } });
    const { headers } = (await deadLetter())?.properties ?? {};
    expect(headers).toMatchObject({ stranger: 'yes', 'x-reason': 'UNPARSEABLE_MESSAGE' });
    expect(headers).not.toHaveProperty('microseconds');
    failing(new NoSuchMailbox('gone'));
    expect((await deadLetter())?.properties.headers).toMatchObject({ 'x-reason': 'NO_SUCH_MAILBOX' });
  });

  it('makes a dead letter of a message that claims to have failed a number of times that amqplib cannot write', async () => {
    const headers = { 'x-failed-attempts': { '!': 'double', value: 2 ** 50 + 0.5 } };
    harness.sendBody(ORDER_EVENTS, 'poison', { headers });
    expect((await deadLetter())?.properties.headers).toMatchObject({
      'x-failed-attempts': 1,
      'x-reason': 'UNPARSEABLE_MESSAGE',
    });
  });

  it('makes one dead letter of a message whose properties are not UTF-8, and its neighbours have one each', async () => {
    const names = [
      'correlationId',
      'messageId',
      'type',
      'appId',
      'contentType',
      'contentEncoding',
      'replyTo',
    ];
    const spoilt = Object.fromEntries(names.map((name) => [name, NOT_UTF_8]));
    await publishNotUtf8(harness.vhost.url, QUEUE, 'poison', { ...spoilt, headers: { stranger: 'yes' } });
    const innocents = [1, 2, 3].map(() => failing(new NoSuchMailbox('gone')));
    await eventually(async () => expect(await harness.waiting(DEAD)).toBe(4));
    const letters = await Promise.all([1, 2, 3, 4].map(() => harness.take(DEAD)));
    const poison = letters.find((letter) => letter?.content.toString() === 'poison');
    expect(poison?.properties.headers).toMatchObject({ stranger: 'yes', 'x-reason': 'UNPARSEABLE_MESSAGE' });
    expect(poison?.properties).toMatchObject({ correlationId: undefined, type: undefined });
    const subjects = letters.filter((letter) => letter !== poison).map((letter) => String(letter?.content));
    for (const orderId of innocents)
      expect(subjects.filter((content) => content.includes(orderId))).toHaveLength(1);
    await eventually(async () => expect(await harness.waiting(QUEUE)).toBe(0));
  });

  it('makes a dead letter of 11 MB', async () => {
    const content = Buffer.alloc(11 * 1024 * 1024, '1');
    harness.channel.sendToQueue(QUEUE, content);
    const letter = await deadLetter();
    expect(letter?.content.equals(content)).toBe(true);
    expect(letter?.properties.headers).toMatchObject({ 'x-reason': 'UNPARSEABLE_MESSAGE' });
  });

  it('keeps body and reason of a message whose copy cannot be written, and publishes on', async () => {
    const orderId = failing(new EndlessCode('gone'));
    const letter = await deadLetter();
    expect(letter?.content.toString()).toContain(orderId);
    expect(letter?.properties.headers).toMatchObject({
      'x-reason': 'COPY_NOT_WRITABLE',
      'x-error': 'EndlessCode: gone',
    });
    failing(new NoSuchMailbox('gone'));
    expect((await deadLetter())?.properties.headers).toMatchObject({ 'x-reason': 'NO_SUCH_MAILBOX' });
  });

  it('keeps a failed message until the broker has its copy, so that it comes back if the service dies before', async () => {
    await harness.channel.unbindQueue(DEAD, 'email.retry', DEAD);
    const orderId = failing(new NoSuchMailbox('gone'));
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
    const orderId = failing(new NoSuchMailbox('gone'));
    await eventually(() => expect(harness.log.join('\n')).toContain('cannot hand over a failed message yet'));
    await harness.channel.bindQueue(DEAD, 'email.retry', DEAD);
    await deadLetter();
    expect(mails.timesOf(orderId)).toHaveLength(1);
  });
});
