import { INVENTORY_EVENTS, ORDER_EVENTS, ORDER_HEADERS, ORDER_TOPICS } from '../exchanges/exchanges';
import {
  answersExchangeName,
  deadLetterQueueName,
  questionsExchangeName,
  queueName,
  retryExchangeName,
  retryQueueName,
} from './names';
import { BRANCHES, TOPOLOGY } from './topology';

describe('the names of the topology', () => {
  it.each([
    [queueName('email', ORDER_EVENTS), 'email.order_events'],
    [queueName('order-api', INVENTORY_EVENTS), 'order-api.inventory_events'],
    [retryExchangeName('email'), 'email.retry'],
    [retryQueueName('email.order_events', 5_000), 'email.order_events.retry.5000'],
    [deadLetterQueueName('email.order_events'), 'email.order_events.dead'],
    [questionsExchangeName('inventory.availability'), 'inventory.availability.questions'],
    [answersExchangeName('inventory.availability'), 'inventory.availability.answers'],
  ])('%s', (name, expected) => {
    expect(name).toBe(expected);
  });
});

describe('TOPOLOGY', () => {
  const listeningTo = (exchange: typeof ORDER_EVENTS) =>
    TOPOLOGY.flatMap(({ service, listensTo }) =>
      listensTo
        .filter((listening) => listening.exchange === exchange)
        .map(({ bindingKey }) => [service, bindingKey]),
    );
  const publishingTo = (exchange: typeof ORDER_EVENTS) =>
    TOPOLOGY.filter(({ publishes }) => publishes.includes(exchange)).map(({ service }) => service);

  it('lets order-api alone publish orders, to inventory, email and sms', () => {
    expect(publishingTo(ORDER_EVENTS)).toEqual(['order-api']);
    // A service of your own may listen too.
    const ours = ['order-api', 'inventory', 'email', 'sms'];
    expect(listeningTo(ORDER_EVENTS).filter(([service = '']) => ours.includes(service))).toEqual([
      ['inventory', '#'],
      ['email', '#'],
      ['sms', '#'],
    ]);
  });

  it('lets inventory alone publish stock events, and order-api hear every one of them', () => {
    expect(publishingTo(INVENTORY_EVENTS)).toEqual(['inventory']);
    expect(listeningTo(INVENTORY_EVENTS)).toEqual([['order-api', 'stock.*']]);
  });

  it('describes each service once', () => {
    const services = TOPOLOGY.map(({ service }) => service);
    expect(new Set(services).size).toBe(services.length);
  });
});

describe('BRANCHES', () => {
  it('gives a topic and a headers exchange a copy of every order event', () => {
    expect(BRANCHES).toEqual([
      { from: ORDER_EVENTS, to: ORDER_TOPICS },
      { from: ORDER_EVENTS, to: ORDER_HEADERS },
    ]);
    expect([ORDER_TOPICS.type, ORDER_HEADERS.type]).toEqual(['topic', 'headers']);
  });
});
