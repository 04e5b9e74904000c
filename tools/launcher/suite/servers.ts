import { join } from 'node:path';
import type { PostgresServer } from '../../../infra/postgres/postgres-server';
import { GivenPostgres } from '../../../infra/postgres/given-postgres';
import { PrivatePostgres } from '../../../infra/postgres/private-postgres';
import { GivenRabbitmq } from '../../../infra/rabbitmq/given-rabbitmq';
import { ownRabbitmq } from '../../../infra/rabbitmq/own-rabbitmq';
import { Broker, definitionsOf } from './broker';
import type { Accounts } from './accounts';
import type { ProcessWatch } from './process-watch';
import type { SuiteOptions } from './suite-options';

export interface ServerOptions extends SuiteOptions {
  readonly accounts: Accounts;
  readonly watch: ProcessWatch;
}

/** Where the pages are in containers too. */
export const USUAL_PORTS = { rabbitmq: 15_672, rabbitmqMetrics: 15_692, mail: 1_080 } as const;

/** The given one, or else a node on this machine. */
export function brokerOf(options: ServerOptions): Broker {
  const { rabbitmqUrls, managementUrl, queues, queueKinds, dataFolder, watch, ports } = options;
  if (rabbitmqUrls !== undefined) {
    const managementUrls = managementUrl === undefined ? [] : [managementUrl];
    return new Broker(new GivenRabbitmq(rabbitmqUrls, managementUrls), { queues, queueKinds });
  }
  const folder = join(dataFolder, 'rabbitmq');
  const chosen = { accounts: options.accounts.broker, queues, queueKinds, folder };
  const server = ownRabbitmq({
    folder,
    definitions: definitionsOf(chosen),
    pagePort: ports === 'preferred' ? USUAL_PORTS.rabbitmq : undefined,
    metricsPort: ports === 'preferred' ? USUAL_PORTS.rabbitmqMetrics : undefined,
    ...watch.hooksFor('rabbitmq'),
  });
  return new Broker(server, chosen);
}

/** The given one, or else one on this machine. */
export function postgresOf({ databaseUrl, dataFolder, fsync, watch }: ServerOptions): PostgresServer {
  if (databaseUrl !== undefined) return new GivenPostgres(databaseUrl);
  return new PrivatePostgres({ folder: join(dataFolder, 'postgres'), fsync, ...watch.hooksFor('postgres') });
}
