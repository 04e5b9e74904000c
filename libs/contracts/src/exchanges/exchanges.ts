/** An exchange that events are published to. */
export interface Exchange {
  readonly name: string;
  readonly type: 'fanout' | 'topic' | 'direct' | 'headers';
}

/** Everything that happens to an order. Fanout: every service hears all of it. */
export const ORDER_EVENTS: Exchange = { name: 'order_events', type: 'fanout' };

/** The same, for who follows only some of it. Topic: a listener chooses by routing key, which is the type of the event. */
export const ORDER_TOPICS: Exchange = { name: 'order_topics', type: 'topic' };

/** The same again. Headers: a listener chooses by headers, such as `currency`. */
export const ORDER_HEADERS: Exchange = { name: 'order_headers', type: 'headers' };

/** Everything that happens to the stock. Topic: a listener chooses by routing key. */
export const INVENTORY_EVENTS: Exchange = { name: 'inventory_events', type: 'topic' };

/** What an operator must see. Direct, by severity: a program that shows alerts binds a queue to the severities that matter to it. */
export const OPS_ALERTS: Exchange = { name: 'ops_alerts', type: 'direct' };
