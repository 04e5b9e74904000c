/** A broker that specs run on: started by the tests, or given. */
export interface TestBroker {
  /** For its administrator on the virtual host `/`: one for each node. */
  readonly urls: readonly string[];

  /** The management API of each node, for its administrator. */
  readonly managementUrls: readonly string[];

  /** The first time, and after a stop or a kill. */
  start(): Promise<void>;

  /** Stops all its nodes cleanly; what is durable is kept. @throws BrokerIsNotOurs */
  stop(): Promise<void>;

  /** Kills all its nodes at once, as a power cut would. @throws BrokerIsNotOurs */
  kill(): Promise<void>;

  /** Kills it where it is ours, and deletes its data. */
  remove(): Promise<void>;
}

/** RabbitMQ's own first user: administrator, and of our private nodes let in from this machine alone. */
export const GUEST = 'guest';

/** The URL, with guest's name and password. */
export function asGuest(url: string): string {
  const guests = new URL(url);
  guests.username = guests.password = GUEST;
  return guests.href;
}
