import { MESSAGING_CONFIG, OutboxConfig } from '@app/messaging';
import { DatabaseConfig } from '@app/persistence';
import { OverdueConfig } from './orders/overdue.config';

/** Everything that the order API reads from its environment, besides what every service does. */
export const ORDER_API_CONFIG = [DatabaseConfig, ...MESSAGING_CONFIG, OutboxConfig, OverdueConfig];
