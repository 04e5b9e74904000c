import { redrivenProperties } from './redriven-properties';

const properties = {
  contentType: 'application/json',
  contentEncoding: undefined,
  headers: { traceparent: '00-trace', 'x-failed-attempts': 5 },
  deliveryMode: 2,
  priority: undefined,
  correlationId: undefined,
  replyTo: undefined,
  expiration: '100',
  messageId: '7f0c',
  timestamp: undefined,
  type: undefined,
  userId: 'email',
  appId: undefined,
  clusterId: undefined,
};

describe(redrivenProperties.name, () => {
  it('keeps the message id, and leaves out what the broker would drop or refuse it for', () => {
    const { messageId, expiration, userId } = redrivenProperties({ properties });
    expect([messageId, expiration, userId]).toEqual(['7f0c', undefined, undefined]);
  });

  it('tells nothing of the failures, so that the ladder starts anew', () => {
    expect(redrivenProperties({ properties }).headers).toEqual({ traceparent: '00-trace', 'x-redriven': 1 });
  });

  it('counts how often it was redriven', () => {
    const { headers } = redrivenProperties({ properties });
    expect(redrivenProperties({ properties: { ...properties, headers } }).headers).toMatchObject({
      'x-redriven': 2,
    });
  });
});
