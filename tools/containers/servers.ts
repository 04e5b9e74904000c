import type { Accounts } from '../launcher/suite/accounts';
import type { LauncherConfig } from '../console/launcher-config';

export interface Account {
  readonly name: string;
  readonly password: string;
}

/** Where the broker's nodes and the database server are, and the way there for each account. */
export class Servers {
  constructor(
    private readonly config: Pick<LauncherConfig, 'rabbitmqUrl' | 'databaseUrl'>,
    private readonly vhost: Accounts['vhost'],
  ) {}

  /** Of every node, comma-separated, as the services read it. */
  brokerUrl(account: Account): string {
    const { rabbitmqUrl: nodes = [] } = this.config;
    return nodes.map((node) => urlOf(node, account, this.vhost)).join();
  }

  databaseUrl(account: Account, database: string): string {
    return urlOf(this.config.databaseUrl ?? '', account, database);
  }
}

function urlOf(server: string, { name, password }: Account, path: string): string {
  const { protocol, host } = new URL(server);
  return `${protocol}//${name}:${password}@${host}/${path}`;
}
