import { propertiesOf } from '../../../../test/support/deliveries';
import { contextOf } from './context-of';

const TOO_LONG = '\ufffd'.repeat(120);

describe(contextOf.name, () => {
  const correlationIdOf = (correlationId: unknown, messageId = 'message') =>
    contextOf(propertiesOf({ correlationId }), messageId).correlationId;

  it('follows the correlation id of the message', () => expect(correlationIdOf('request')).toBe('request'));

  it.each([undefined, '', 7, TOO_LONG, 'a\0b'])(
    'follows the message id where there is none to send on: %j',
    (id) => expect(correlationIdOf(id)).toBe('message'),
  );

  it('makes one where the message id is too long as well', () =>
    expect(correlationIdOf(TOO_LONG, 'x'.repeat(256))).toMatch(/^[\da-f-]{36}$/));

  it.each([
    ['keeps', 512, 'x'.repeat(512)],
    ['drops', 513, undefined],
  ])('%s a trace state of %i characters', (_, length, expected) => {
    const headers = { tracestate: 'x'.repeat(length) };
    expect(contextOf(propertiesOf({ headers }), 'message').tracestate).toBe(expected);
  });
});
