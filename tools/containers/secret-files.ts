import { brokerDefinitions, type TopologyConfig } from '@app/broker-admin';
import type { Accounts } from '../launcher/suite/accounts';
import { SERVICES, type ServiceDescription } from '../launcher/suite/service-descriptions';
import type { Servers } from './servers';

/** Files by their names, and what is in them. */
export type Files = Readonly<Record<string, string>>;

/** What each container is to know, and no other: a folder for each. */
export function secretFiles(
  accounts: Accounts,
  servers: Servers,
  topology: TopologyConfig,
): Readonly<Record<string, Files>> {
  const { administrator, databaseAdministrator, erlangCookie } = accounts;
  const definitions = JSON.stringify(brokerDefinitions(accounts.broker, topology, topology));
  return {
    rabbitmq: {
      'definitions.json': definitions,
      'erlang-cookie': erlangCookie,
      'administrator-password': administrator.password,
      ...developersFiles(accounts),
    },
    postgres: { password: databaseAdministrator.password },
    operator: {
      'rabbitmq-url': servers.brokerUrl(administrator),
      'database-url': servers.databaseUrl(databaseAdministrator, 'postgres'),
    },
    ...Object.fromEntries(SERVICES.map((service) => [service.name, filesOf(service, accounts, servers)])),
  };
}

/** For people: what a program of theirs connects with. */
function developersFiles(accounts: Accounts): Files {
  return Object.fromEntries(
    accounts.developers.map((name) => [`${name}-password`, accounts.brokerPassword(name)]),
  );
}

/** The services read them by `RABBITMQ_URL_FILE` and so on. */
function filesOf(service: ServiceDescription, accounts: Accounts, servers: Servers): Files {
  const { name, database, needs } = service;
  const files: Record<string, string> = {};
  if (needs.includes('RABBITMQ_URL')) {
    files['rabbitmq-url'] = servers.brokerUrl({ name, password: accounts.brokerPassword(name) });
  }
  if (database !== undefined) {
    files['database-url'] = servers.databaseUrl(
      { name, password: accounts.databasePassword(service) },
      database,
    );
  }
  if (needs.includes('TWILIO_AUTH_TOKEN')) files['twilio-auth-token'] = accounts.twilioAuthToken;
  return files;
}
