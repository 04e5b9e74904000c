import { join } from 'node:path';
import type { BrokerAccounts, DevelopmentUser } from '@app/broker-admin';
import { Secrets } from '../../../infra/secrets';
import { SERVICES, type ServiceDescription } from './service-descriptions';

const ADMINISTRATOR = 'administrator';

/** Who may do what on the broker and the database. Every service has an account of its own on each, with a random password. */
export class Accounts {
  readonly vhost = 'order-events';
  private readonly secrets: Secrets;

  /** @param developers users of the broker for programs of a developer's own */
  constructor(
    dataFolder: string,
    readonly developers: readonly DevelopmentUser[] = [],
  ) {
    this.secrets = new Secrets(join(dataFolder, 'secrets.env'));
  }

  get administrator(): { readonly name: string; readonly password: string } {
    return { name: ADMINISTRATOR, password: this.brokerPassword(ADMINISTRATOR) };
  }

  /** Of a database server that runs in a container of ours. */
  get databaseAdministrator(): { readonly name: string; readonly password: string } {
    return { name: 'postgres', password: this.secrets.get('postgres') };
  }

  /** By which the nodes of a cluster know each other. */
  get erlangCookie(): string {
    return this.secrets.get('rabbitmq');
  }

  /** The SMS gateway that stands in for the provider takes any. */
  get twilioAuthToken(): string {
    return this.secrets.get('twilio');
  }

  /** The users of a broker of our own. */
  get broker(): BrokerAccounts {
    const services = SERVICES.filter(({ needs }) => needs.includes('RABBITMQ_URL'));
    const users = [...services.map(({ name }) => name), ...this.developers];
    const passwords = Object.fromEntries(users.map((name) => [name, this.brokerPassword(name)]));
    return { vhost: this.vhost, passwords, administrator: this.administrator };
  }

  brokerPassword(user: string): string {
    return this.secrets.get(`rabbitmq.${user}`);
  }

  databasePassword({ name }: ServiceDescription): string {
    return this.secrets.get(`postgres.${name}`);
  }
}
