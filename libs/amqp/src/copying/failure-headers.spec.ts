import { MessageProperties, MessagePropertyHeaders } from 'amqplib';
import { propertiesOf } from '../../../../test/support/deliveries';
import { failedAttemptsOf, failureHeaders } from './failure-headers';

const propertiesWith = (headers?: MessagePropertyHeaders): MessageProperties => propertiesOf({ headers });

describe(failedAttemptsOf.name, () => {
  it.each<[headers: object | undefined, attempts: number]>([
    [undefined, 0],
    [{}, 0],
    [{ 'x-failed-attempts': 3 }, 3],
    [{ 'x-failed-attempts': '3' }, 0],
    [{ 'x-failed-attempts': -1 }, 0],
    [{ 'x-failed-attempts': NaN }, 0],
    [{ 'x-failed-attempts': 0.5 }, 0],
    [{ 'x-failed-attempts': 2 ** 50 + 0.5 }, 0],
    [{ 'x-failed-attempts': Infinity }, 0],
    [{ 'x-death': [{ count: 7 }] }, 0],
  ])('reads %j as %i', (headers, attempts) => {
    expect(failedAttemptsOf(propertiesWith(headers && { ...headers }))).toBe(attempts);
  });
});

describe(failureHeaders.name, () => {
  const sut = (headers?: MessagePropertyHeaders, error: unknown = new TypeError('no such mailbox')) =>
    failureHeaders(propertiesWith(headers), { attempts: 2, reason: 'RETRY', error });

  it('tells how often, why, with which error and when the message failed', () => {
    const headers = sut();
    expect(headers).toEqual({
      'x-failed-attempts': 2,
      'x-reason': 'RETRY',
      'x-error': 'TypeError: no such mailbox',
      'x-failed-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    expect(Date.now() - Date.parse(String(headers['x-failed-at']))).toBeLessThan(5_000);
  });

  it('keeps the headers of the publisher', () => {
    const own = { traceparent: '00-trace', tracestate: 'a=b', currency: 'EUR', 'x-tenant': 7 };
    expect(sut(own)).toMatchObject(own);
  });

  it.each([
    'x-death',
    'x-first-death-exchange',
    'x-first-death-queue',
    'x-first-death-reason',
    'x-last-death-exchange',
    'x-last-death-queue',
    'x-last-death-reason',
    'x-delivery-count',
    'x-acquired-count',
  ])("leaves out the broker's own %s", (name) => {
    expect(sut({ [name]: 'old' })).not.toHaveProperty([name]);
  });

  it('replaces what an earlier failure has told', () => {
    const earlier = { 'x-failed-attempts': 1, 'x-reason': 'old', 'x-error': 'old', 'x-failed-at': 'old' };
    expect(Object.values(sut(earlier))).not.toContain('old');
    expect(sut(earlier)['x-failed-attempts']).toBe(2);
  });

  it('cuts a long error short, since headers must fit into one AMQP frame', () => {
    const error = new Error('é'.repeat(100_000));
    expect(sut({}, error)['x-error']).toHaveLength(500);
  });

  it('names the class of the error', () => {
    expect(sut({}, new RangeError('gone'))['x-error']).toBe('RangeError: gone');
  });

  it.each([
    ['gone', 'gone'],
    [null, 'null'],
    [{ code: 1 }, '[object Object]'],
  ])('describes what is no error: %j', (error, text) => {
    expect(sut({}, error)['x-error']).toBe(text);
  });
});
