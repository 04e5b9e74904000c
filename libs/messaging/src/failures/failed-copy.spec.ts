import { ConsumeMessage, MessageProperties } from 'amqplib';
import { Failure, failedCopy } from './failed-copy';

const message = (properties: Partial<MessageProperties> = {}): ConsumeMessage => ({
  content: Buffer.from('{"id":"7f0c"}'),
  fields: {
    consumerTag: 'tag',
    deliveryTag: 1,
    redelivered: false,
    exchange: 'order_events',
    routingKey: 'order.confirmed',
  },
  properties: {
    contentType: 'application/cloudevents+json',
    contentEncoding: undefined,
    headers: { traceparent: '00-trace' },
    deliveryMode: 2,
    priority: undefined,
    correlationId: 'request-7',
    replyTo: undefined,
    expiration: undefined,
    messageId: '7f0c',
    timestamp: 1_772_366_400,
    type: 'order.confirmed',
    userId: undefined,
    appId: 'order-api',
    clusterId: undefined,
    ...properties,
  },
});

const failure: Failure = {
  service: 'email',
  queue: 'email.order_events',
  error: new Error('down'),
  attempts: 1,
  verdict: { kind: 'retry', delayMs: 5_000 },
};

describe(failedCopy.name, () => {
  const sut = (properties?: Partial<MessageProperties>, more: Partial<Failure> = {}) =>
    failedCopy(message(properties), { ...failure, ...more });

  it("goes through the service's own exchange to the step of the ladder", () => {
    expect(sut()).toMatchObject({ exchange: 'email.retry', routingKey: 'email.order_events.retry.5000' });
  });

  it('goes to the dead letters of its one queue when nothing is left to try', () => {
    const { exchange, routingKey } = sut({}, { verdict: { kind: 'dead', reason: 'INVALID_DATA' } });
    expect({ exchange, routingKey }).toEqual({
      exchange: 'email.retry',
      routingKey: 'email.order_events.dead',
    });
  });

  it.each<[reason: string, verdict: Failure['verdict']]>([
    ['RETRY', { kind: 'retry', delayMs: 5_000 }],
    ['INVALID_DATA', { kind: 'dead', reason: 'INVALID_DATA' }],
  ])('says %s as the reason of %j', (reason, verdict) => {
    expect(sut({}, { verdict }).properties.headers).toMatchObject({ 'x-reason': reason });
  });

  it('keeps the body and what the publisher said of it', () => {
    expect(sut().content.toString()).toBe('{"id":"7f0c"}');
    expect(sut().properties).toMatchObject({
      messageId: '7f0c',
      type: 'order.confirmed',
      appId: 'order-api',
      correlationId: 'request-7',
      contentType: 'application/cloudevents+json',
      timestamp: 1_772_366_400,
    });
  });

  it('tells of the failure in its headers, beside those of the publisher', () => {
    expect(sut().properties.headers).toMatchObject({ traceparent: '00-trace', 'x-failed-attempts': 1 });
  });

  it('leaves out the expiration, which would end its wait, and the user id, which the broker would refuse', () => {
    const { expiration, userId } = sut({ expiration: '100', userId: 'order-api' }).properties;
    expect([expiration, userId]).toEqual([undefined, undefined]);
  });

  it.each([undefined, '', 7, 'order\0'])(
    'gives a message an id of its own that came without one that can be kept: %j',
    (messageId) => {
      const ids = [sut({ messageId }), sut({ messageId })].map((copy) => copy.properties.messageId);
      expect(new Set(ids).size).toBe(2);
      for (const id of ids) expect(id).toMatch(/^[\da-f-]{36}$/);
    },
  );
});
