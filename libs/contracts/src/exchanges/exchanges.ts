/** An exchange that events are published to. */
export interface Exchange {
  readonly name: string;
  readonly type: 'fanout' | 'topic' | 'direct';
}

/** Everything that happens to an order. Fanout: every service hears all of it. */
export const ORDER_EVENTS: Exchange = { name: 'order_events', type: 'fanout' };

/** Everything that happens to the stock. Topic: a listener chooses by routing key. */
export const INVENTORY_EVENTS: Exchange = { name: 'inventory_events', type: 'topic' };

/** What an operator must see. Direct, by severity: a program that shows alerts binds a queue to the severities that matter to it. */
export const OPS_ALERTS: Exchange = { name: 'ops_alerts', type: 'direct' };
