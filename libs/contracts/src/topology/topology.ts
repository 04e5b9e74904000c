import { Exchange, INVENTORY_EVENTS, ORDER_EVENTS } from './exchanges';

/** A durable queue's binding: every message of the exchange, or those whose routing key fits. */
export interface Listening {
  readonly exchange: Exchange;
  /** AMQP topic pattern; ignored by a fanout exchange. */
  readonly bindingKey: string;
}

/** What one service publishes and listens to. */
export interface ServiceTopology {
  readonly service: string;
  readonly publishes: readonly Exchange[];
  readonly listensTo: readonly Listening[];
}

const ANY = '#';

/**
 * Who publishes what, and who listens to whom: the one description that the broker's exchanges, queues,
 * bindings, users and rights are made from. A new service is one line here.
 */
export const TOPOLOGY: readonly ServiceTopology[] = [
  {
    service: 'order-api',
    publishes: [ORDER_EVENTS],
    listensTo: [{ exchange: INVENTORY_EVENTS, bindingKey: 'stock.*' }],
  },
  {
    service: 'inventory',
    publishes: [INVENTORY_EVENTS],
    listensTo: [{ exchange: ORDER_EVENTS, bindingKey: ANY }],
  },
  { service: 'email', publishes: [], listensTo: [{ exchange: ORDER_EVENTS, bindingKey: ANY }] },
  { service: 'sms', publishes: [], listensTo: [{ exchange: ORDER_EVENTS, bindingKey: ANY }] },
];
