import { join } from 'node:path';
import type { DatabaseServer } from '../../../infra/postgres/database-server';
import { GivenPostgres } from '../../../infra/postgres/given-postgres';
import { PrivatePostgres } from '../../../infra/postgres/private-postgres';
import type { Broker } from '../../../infra/rabbitmq/broker';
import { GivenBroker } from '../../../infra/rabbitmq/given-broker';
import { PrivateBroker } from '../../../infra/rabbitmq/private-broker';
import type { Accounts } from './accounts';
import type { ProcessWatch } from './process-watch';
import type { SuiteOptions } from './suite-options';

export interface ServerOptions extends SuiteOptions {
  readonly accounts: Accounts;
  readonly watch: ProcessWatch;
}

/** Where the pages are in containers too. */
export const USUAL_PORTS = { rabbitmq: 15_672, mail: 1_080 } as const;

/** The given one, or else a node on this machine. */
export function brokerOf(options: ServerOptions): Broker {
  const { rabbitmqUrls, queues, queueKinds, dataFolder, accounts, watch, log, ports } = options;
  if (rabbitmqUrls !== undefined) return new GivenBroker({ urls: rabbitmqUrls, queues, queueKinds });
  return new PrivateBroker({
    folder: join(dataFolder, 'rabbitmq'),
    accounts: accounts.broker,
    pagePort: ports === 'preferred' ? USUAL_PORTS.rabbitmq : undefined,
    queues,
    queueKinds,
    say: (line) => log?.('launcher', line),
    ...watch.hooksFor('rabbitmq'),
  });
}

/** The given one, or else one on this machine. */
export function databaseServerOf({ databaseUrl, dataFolder, fsync, watch }: ServerOptions): DatabaseServer {
  if (databaseUrl !== undefined) return new GivenPostgres(databaseUrl);
  return new PrivatePostgres({ folder: join(dataFolder, 'postgres'), fsync, ...watch.hooksFor('postgres') });
}
