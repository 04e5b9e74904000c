import type { AdministeredBroker } from './broker-desk';
import type { BrokerAccounts } from './deployment';

/** A broker that a shop uses in place of one of its own. */
export interface ShopBroker {
  readonly rabbitmq: AdministeredBroker;
  readonly accounts: BrokerAccounts;
  /** One for each node. */
  readonly administratorUrls: readonly string[];
  /** What a service connects to, as a user of its own. */
  urlFor(service: string): string;
  /** Leaves nothing of the shop on it. */
  close(): Promise<void>;
}
