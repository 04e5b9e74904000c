import { Client } from 'pg';
import type { Accounts } from '../../../../tools/launcher/suite/accounts';
import { SERVICES } from '../../../../tools/launcher/suite/service-descriptions';
import type { RunningPostgres } from '../deployment';
import { ComposedServer } from './composed-server';
import type { Container } from './container';

const PORT = 5432;

/** The database server in its container. */
export class ComposedPostgres extends ComposedServer implements RunningPostgres {
  constructor(
    container: Container,
    private readonly accounts: Accounts,
  ) {
    super(container, () => answers(this.url('postgres')));
  }

  url(database: string, role = this.accounts.databaseAdministrator.name): string {
    return `postgres://${role}:${this.passwordOf(role)}@${this.container.address(PORT)}/${database}`;
  }

  private passwordOf(role: string): string {
    const service = SERVICES.find(({ name }) => name === role);
    return service === undefined
      ? this.accounts.databaseAdministrator.password
      : this.accounts.databasePassword(service);
  }
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
