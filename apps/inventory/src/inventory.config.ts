import { MESSAGING_CONFIG, OutboxConfig } from '@app/messaging';
import { DatabaseConfig } from '@app/persistence';

/** Everything that inventory reads from its environment, besides what every service does. */
export const INVENTORY_CONFIG = [DatabaseConfig, ...MESSAGING_CONFIG, OutboxConfig];
