import { propertiesOf } from '../../../../test/support/deliveries';
import { copiedProperties } from './copied-properties';

/** What amqplib reads of 120 bytes that are not UTF-8: 360 bytes. */
const NOT_UTF_8 = '\ufffd'.repeat(120);

describe(copiedProperties.name, () => {
  const names = ['contentType', 'contentEncoding', 'correlationId', 'replyTo', 'messageId', 'type', 'appId'];

  it.each(names)('takes %s along as long as it can be written', (name) => {
    const longest = 'ä'.repeat(127);
    expect(copiedProperties(propertiesOf({ [name]: longest }))).toMatchObject({ [name]: longest });
    expect(copiedProperties(propertiesOf({ [name]: NOT_UTF_8 }))).toMatchObject({ [name]: undefined });
  });

  it('leaves out the expiration, the user id and the headers', () => {
    const copied = copiedProperties(propertiesOf({ expiration: '100', userId: 'sms', headers: { own: 1 } }));
    expect([copied.expiration, copied.userId, copied.headers]).toEqual([undefined, undefined, undefined]);
  });
});
