// The decorators of class-transformer read the types that the compiler has noted.
import 'reflect-metadata';

export * from './alerts/alert';
export * from './events/cloud-event';
export * from './events/customer';
export * from './events/data-schema';
export * from './events/event-class';
export * from './events/inventory-events';
export * from './events/mail-address';
export * from './events/money';
export * from './events/nested';
export * from './events/order-events';
export * from './events/order-line';
export * from './events/plain-text';
export * from './examples/an-order';
export * from './examples/event-examples';
export * from './examples/message-examples';
export * from './rpc/availability';
export * from './tasks/email-task';
export * from './tasks/task-class';
export * from './exchanges/exchanges';
export * from './topology/names';
export * from './topology/queue-kinds.config';
export * from './topology/queue-settings';
export * from './topology/topology';
