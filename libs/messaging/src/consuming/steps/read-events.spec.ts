import { OrderConfirmed } from '@app/contracts';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { orderConfirmed } from '../../../../../test/support/messaging-harness';
import { UnparseableMessage } from '../../failures/invalid-message';
import { Received } from '../../pipeline/received';
import { ReadEvents } from './read-events';

describe(ReadEvents.name, () => {
  const handler = { name: 'Mails.confirmed', handle: () => Promise.resolve([]) };
  const sut = new ReadEvents(
    new Map([['order.confirmed', [{ eventClass: OrderConfirmed, handler }]]]),
    new Set(['/order-api']),
  );
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  const event = (id: string, type: string, data: object = orderConfirmed(), source = '/order-api') =>
    deliveryOf(JSON.stringify({ specversion: '1.0', id, source, type, subject: 'order', data }), channel, {
      correlationId: 'request-7',
    });

  const read = async (...deliveries: Parameters<typeof sut.handle>[0]) => {
    const passed: Received[] = [];
    const outcomes = await sut.handle(deliveries, (messages) => {
      passed.push(...messages);
      return Promise.resolve(messages.map(() => 'done'));
    });
    return { passed, outcomes };
  };

  it('hands on a valid event with its handler, its data and the context of its publisher', async () => {
    const order = orderConfirmed();
    const { passed } = await read(event('1', 'order.confirmed', order));
    expect(passed).toMatchObject([
      { id: '1', subject: 'order', data: order, handler, context: { correlationId: 'request-7' } },
    ]);
    const { orderId, version } = order;
    expect(passed[0]?.order).toEqual({ orderId, version });
  });

  it('tells events of the same id by their sources, and those of our own services by the id alone', async () => {
    const sources = ['/order-api', '/till', '/till/1', '/webshop'];
    const { passed } = await read(
      ...sources.map((source) => event('1', 'order.confirmed', orderConfirmed(), source)),
    );
    expect(passed.map(({ id }) => id)).toEqual(['1', '["/till","1"]', '["/till/1","1"]', '["/webshop","1"]']);
  });

  it('refuses what is not valid, without its neighbours', async () => {
    const { passed, outcomes } = await read(
      event('1', 'order.confirmed'),
      deliveryOf('{', channel),
      event('2', 'order.confirmed'),
    );
    expect(passed.map(({ id }) => id)).toEqual(['1', '2']);
    expect(outcomes).toEqual(['done', { refused: expect.any(UnparseableMessage) }, 'done']);
  });

  it('has a label for each type that is handled here, and one for whatever a stranger writes', () => {
    const labels = ['order.confirmed', 'order.gilded', undefined].map((type) =>
      sut.labelOf(deliveryOf('{}', channel, { type })),
    );
    expect(labels).toEqual(['order.confirmed', 'other', 'other']);
  });

  it('ignores an event without a handler here, whatever its data', async () => {
    const { passed, outcomes } = await read(event('1', 'order.gilded', {}));
    expect(passed).toEqual([]);
    expect(outcomes).toEqual(['ignored']);
  });
});
