import { ManagementApi } from './management-api';

/** Who connects. */
export interface Account {
  readonly name: string;
  readonly password: string;
}

/** RabbitMQ's own first user: administrator, and let in from this machine alone. Where a server loads definitions at its start, there is none. */
export const GUEST: Account = { name: 'guest', password: 'guest' };

/** A RabbitMQ of one node or of several: processes of this machine, a container, or a given one. */
export abstract class RabbitmqServer {
  /** What a client connects to: one URL for each node, and the one to try first comes first. Where not said otherwise, for guest and `/`. */
  abstract urls(account?: Account, vhost?: string): readonly string[];

  /** The management pages of the nodes; none where they are not known. */
  abstract get managementUrls(): readonly string[];

  /** What Prometheus scrapes; undefined where it cannot, or where that is not known. */
  get metricsUrl(): string | undefined {
    return undefined;
  }

  /** Of the server's process on this machine; undefined where there is none, or several. */
  abstract get pid(): number | undefined;

  /** Whether it takes connections, as far as is known. */
  abstract get running(): boolean;

  /**
   * What can fail is tried before anything is started.
   * @param say is told what will happen on this machine
   * @throws Error that says what is missing
   */
  abstract prepare(say: (line: string) => void): Promise<void>;

  /** Starts it, the first time on free ports, later on the same. @throws Error that shows the end of its log */
  abstract start(): Promise<void>;

  /** Runs a command of `rabbitmqctl` on a node that runs: `control('set_disk_free_limit', '50MB')`. @throws NotOurs, or Error that shows what it said */
  abstract control(...command: readonly string[]): Promise<void>;

  /** Stops it in a clean way, where it is ours. */
  abstract stop(): Promise<void>;

  /** Kills all its nodes at once, as a power cut would. `start` brings it back with what it had on disk. @throws NotOurs */
  abstract kill(): Promise<void>;

  /** Kills it and deletes its data, where it is ours. */
  abstract remove(): Promise<void>;

  /** The first of the URLs. */
  url(account?: Account, vhost?: string): string {
    return this.urls(account, vhost)[0] ?? '';
  }

  management(account = GUEST): ManagementApi {
    return new ManagementApi(this.managementUrls.map((url) => addressed(url, account)));
  }
}

/** The URL of a server, for this account and virtual host. */
export function addressed(url: string, { name, password }: Account, vhost?: string): string {
  const complete = new URL(url);
  complete.username = name;
  complete.password = password;
  if (vhost !== undefined) complete.pathname = `/${encodeURIComponent(vhost)}`;
  return complete.href;
}
