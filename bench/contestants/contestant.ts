import type { ContestantQueues } from './contestant-queues';
import type { OrdersDatabase } from './orders-database';

/**
 * Who takes the mails and texts. `real`: MailDev and the SMS gateway, as by `npm start`. `counting`: providers that answer at once and
 * keep nothing. `slow`: such that take a tenth of a second. `inside`: none, a send is answered within the process.
 */
export type Sends = 'real' | 'counting' | 'slow' | 'inside';

/** Programs that take the same orders in the same way, on the same broker and database server. */
export interface Contestant {
  readonly name: string;
  /** Where orders are placed. */
  readonly url: string;
  /** Of a user who may do everything on the virtual host. */
  readonly rabbitmqUrl: string;
  /** The queues that an order goes through. */
  readonly queues: ContestantQueues;
  readonly orders: OrdersDatabase;
  /** Where its processes are written down. */
  readonly dataFolders: readonly string[];

  /** Starts it without any orders. */
  start(sends: Sends): Promise<void>;

  /** Starts what takes orders, and nothing that consumes, without any orders. */
  startIntake(): Promise<void>;

  stop(): Promise<void>;

  /** Mails and texts that were sent, by the databases of the services that send them. */
  told(): Promise<number>;

  /** Events that wait to be published. */
  inOutbox(): Promise<number>;
}
