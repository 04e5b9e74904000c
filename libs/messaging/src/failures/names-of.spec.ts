import { deliveryOf } from '../../../../test/support/deliveries';
import { namesOf } from './names-of';

describe(namesOf.name, () => {
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  const sut = (body: string, properties: object = {}) =>
    namesOf(deliveryOf(body, channel, properties).message);

  it('names message, order and correlation id', () => {
    const properties = { messageId: 'message-1', correlationId: 'request-7' };
    expect(sut('{"subject":"order-3"}', properties)).toBe(
      'message message-1, order order-3, correlation id request-7',
    );
  });

  it.each([
    ['not JSON', 'order 3'],
    ['no event', '[1]'],
    ['nested too deeply', '['.repeat(1_000)],
    ['too long', `{"subject":"order-3","data":"${'x'.repeat(1024 * 1024)}"}`],
    ['of an order that is no name', '{"subject":"a line\\nof a log"}'],
  ])('leaves out the order of a body that is %s', (_, body) => {
    expect(sut(body, { messageId: 'message-1' })).toBe('message message-1');
  });

  it('leaves out what is no name', () => {
    expect(sut('{}', { messageId: 'two words', correlationId: 'x'.repeat(129) })).toBe('');
  });
});
