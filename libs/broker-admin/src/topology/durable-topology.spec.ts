import {
  DEFAULT_QUEUE_SETTINGS,
  INVENTORY_EVENTS,
  OPS_ALERTS,
  ORDER_EVENTS,
  ORDER_HEADERS,
  ORDER_TOPICS,
  ServiceTopology,
} from '@app/contracts';
import { durableTopology } from './durable-topology';

const shop: ServiceTopology = {
  service: 'shop',
  publishes: [ORDER_EVENTS],
  listensTo: [{ exchange: INVENTORY_EVENTS, bindingKey: 'stock.*' }],
};
const email: ServiceTopology = {
  service: 'email',
  publishes: [],
  listensTo: [{ exchange: ORDER_EVENTS, bindingKey: '#' }],
};

describe(durableTopology.name, () => {
  const settings = { ...DEFAULT_QUEUE_SETTINGS, queueMaxLength: 500, retryDelaysMs: [200, 400] };
  const sut = (services = [email], queueType: 'quorum' | 'classic' = 'quorum') =>
    durableTopology(services, { ...settings, queueType });
  const argumentsOf = (queue: string, queueType?: 'quorum' | 'classic') =>
    sut([email], queueType).queues.find(({ name }) => name === queue)?.arguments;

  it('has the waits of the ladder, the dead letters, and then the queue, for each exchange that a service listens to', () => {
    expect(sut().queues.map(({ name }) => name)).toEqual([
      'email.order_events.retry.200',
      'email.order_events.retry.400',
      'email.order_events.dead',
      'email.order_events',
    ]);
  });

  it('waits 1 s, 5 s, 30 s and 2 min by default', () => {
    const names = durableTopology([email]).queues.map(({ name }) => name);
    expect(names.slice(0, -2)).toEqual(
      ['1000', '5000', '30000', '120000'].map((delay) => `email.order_events.retry.${delay}`),
    );
  });

  it('has each exchange once, and a retry exchange for each service', () => {
    expect(sut([shop, email]).exchanges).toEqual([
      ORDER_EVENTS,
      INVENTORY_EVENTS,
      ORDER_TOPICS,
      ORDER_HEADERS,
      OPS_ALERTS,
      { name: 'shop.retry', type: 'direct' },
      { name: 'email.retry', type: 'direct' },
    ]);
  });

  it('binds each queue to its exchange, and what waits to the retry exchange', () => {
    const toQueues = sut([shop]).bindings.filter(({ destinationType }) => destinationType === 'queue');
    expect(toQueues).toEqual([
      {
        source: 'inventory_events',
        destination: 'shop.inventory_events',
        destinationType: 'queue',
        routingKey: 'stock.*',
      },
      ...['retry.200', 'retry.400', 'dead'].map((suffix) => ({
        source: 'shop.retry',
        destination: `shop.inventory_events.${suffix}`,
        destinationType: 'queue',
        routingKey: `shop.inventory_events.${suffix}`,
      })),
    ]);
  });

  it('binds to the orders the exchanges that get a copy of them, and nothing of that where there are no orders', () => {
    const branches = [ORDER_TOPICS, ORDER_HEADERS].map(({ name }) => ({
      source: 'order_events',
      destination: name,
      destinationType: 'exchange',
      routingKey: '',
    }));
    expect(sut([shop]).bindings).toEqual(expect.arrayContaining(branches));
    const { exchanges, bindings } = sut([{ ...shop, publishes: [] }]);
    expect(exchanges).not.toContain(ORDER_TOPICS);
    expect(bindings.map(({ destinationType }) => destinationType)).not.toContain('exchange');
  });

  it('has an exchange for the questions to a queue and one for the answers, which askers bind their own queues to', () => {
    const { queues, exchanges, bindings } = sut([{ ...email, listensTo: [], answers: ['email.sizes'] }]);
    expect(queues).toEqual([{ name: 'email.sizes', arguments: { 'x-queue-type': 'classic' } }]);
    expect(exchanges).toEqual([
      OPS_ALERTS,
      { name: 'email.retry', type: 'direct' },
      { name: 'email.sizes.questions', type: 'direct' },
      { name: 'email.sizes.answers', type: 'direct' },
    ]);
    expect(bindings).toEqual([
      {
        source: 'email.sizes.questions',
        destination: 'email.sizes',
        destinationType: 'queue',
        routingKey: 'email.sizes',
      },
    ]);
  });

  it('refuses what exceeds the length, and dead-letters at least once what kills its consumers', () => {
    expect(argumentsOf('email.order_events')).toEqual({
      'x-queue-type': 'quorum',
      'x-max-length': 500,
      'x-overflow': 'reject-publish',
      'x-delivery-limit': 50,
      'x-dead-letter-strategy': 'at-least-once',
      'x-dead-letter-exchange': 'email.retry',
      'x-dead-letter-routing-key': 'email.order_events.dead',
    });
  });

  it('lets a message wait its time, and gives it back to its one queue', () => {
    expect(argumentsOf('email.order_events.retry.400')).toEqual({
      'x-queue-type': 'quorum',
      'x-overflow': 'reject-publish',
      'x-message-ttl': 400,
      'x-dead-letter-strategy': 'at-least-once',
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'email.order_events',
    });
  });

  it('keeps dead letters however often they are read', () => {
    expect(argumentsOf('email.order_events.dead')).toEqual({
      'x-queue-type': 'quorum',
      'x-delivery-limit': 1_000_000,
    });
  });

  it('knows neither limits nor at-least-once dead-lettering where queues are classic', () => {
    expect(sut([email], 'classic').queues.map((queue) => queue.arguments)).toEqual([
      ...[200, 400].map((delay) => ({
        'x-queue-type': 'classic',
        'x-message-ttl': delay,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': 'email.order_events',
      })),
      { 'x-queue-type': 'classic' },
      {
        'x-queue-type': 'classic',
        'x-dead-letter-exchange': 'email.retry',
        'x-dead-letter-routing-key': 'email.order_events.dead',
      },
    ]);
  });
});
