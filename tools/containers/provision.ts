import { Client } from 'pg';
import { launcherConfig } from '../console/launcher-config';
import { keepServicesOut } from '../../infra/postgres/create-database';
import { GivenPostgres } from '../../infra/postgres/given-postgres';
import { GivenRabbitmq } from '../../infra/rabbitmq/given-rabbitmq';
import { Accounts } from '../launcher/suite/accounts';
import { Broker } from '../launcher/suite/broker';
import { SERVICES } from '../launcher/suite/service-descriptions';
import { Servers } from './servers';

/** Gives the broker its exchanges, queues and bindings, and every service its database; as often as you like. */
async function provision([folder = '/secrets']: string[]): Promise<void> {
  const accounts = new Accounts(folder);
  const config = launcherConfig(process.env);
  const servers = new Servers(config, accounts.vhost);
  const urls = servers.brokerUrl(accounts.administrator).split(',');
  const say = (line: string): void => console.log(line);
  await new Broker(new GivenRabbitmq(urls), { queues: config, queueKinds: config }).prepare(say);
  await makeDatabases(accounts, servers.databaseUrl(accounts.databaseAdministrator, 'postgres'));
}

async function makeDatabases(accounts: Accounts, administratorUrl: string): Promise<void> {
  const postgres = new GivenPostgres(administratorUrl);
  for (const service of SERVICES) {
    if (service.database === undefined) continue;
    await postgres.createDatabase(service.database, service.name, accounts.databasePassword(service));
  }
  const client = new Client({ connectionString: administratorUrl });
  await client.connect();
  await keepServicesOut(client).finally(() => client.end());
}

provision(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
