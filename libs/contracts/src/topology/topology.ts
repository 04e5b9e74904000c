import { AVAILABILITY } from '../rpc/availability';
import { EMAIL_TASKS } from '../tasks/email-task';
import {
  Exchange,
  INVENTORY_EVENTS,
  ORDER_EVENTS,
  ORDER_HEADERS,
  ORDER_TOPICS,
} from '../exchanges/exchanges';

/** The binding of a queue, durable or exclusive: every message of the exchange, or those whose routing key fits. */
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
  /** Work queues that anybody may put tasks into, and that it does. */
  readonly works?: readonly string[];
  /** Queues that it answers questions from. */
  readonly answers?: readonly string[];
  /** Queues that it sends questions to. */
  readonly asks?: readonly string[];
}

/** An exchange that gets a copy of everything that is published to another one. */
export interface Branch {
  readonly from: Exchange;
  readonly to: Exchange;
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
    asks: [AVAILABILITY],
  },
  {
    service: 'inventory',
    publishes: [INVENTORY_EVENTS],
    listensTo: [{ exchange: ORDER_EVENTS, bindingKey: ANY }],
    answers: [AVAILABILITY],
  },
  {
    service: 'email',
    publishes: [],
    listensTo: [{ exchange: ORDER_EVENTS, bindingKey: ANY }],
    works: [EMAIL_TASKS],
  },
  { service: 'sms', publishes: [], listensTo: [{ exchange: ORDER_EVENTS, bindingKey: ANY }] },
];

/**
 * Exchanges that are bound to exchanges: who follows the orders beside the services chooses there by routing key or by header, and the
 * publisher knows nothing of it.
 */
export const BRANCHES: readonly Branch[] = [
  { from: ORDER_EVENTS, to: ORDER_TOPICS },
  { from: ORDER_EVENTS, to: ORDER_HEADERS },
];
