import { randomUUID } from 'node:crypto';
import { eventually } from '../../infra/eventually';
import { addressed } from '../../infra/rabbitmq/rabbitmq-server';
import { sharedRabbitmq } from './addresses';

/** A virtual host of the test run's broker, for one spec file alone. */
export class TestVhost {
  /** For a client, one for each node of the broker; its user may do everything. */
  readonly urls: readonly string[];
  /** Of the broker's administrator, who is its user. */
  readonly administrator: { readonly name: string; readonly password: string };
  private readonly api = sharedRabbitmq().management();

  constructor(readonly name: string) {
    const { username, password } = new URL(sharedRabbitmq().url());
    this.administrator = { name: username, password };
    this.urls = sharedRabbitmq()
      .urls()
      .map((url) => addressed(url, this.administrator, name));
  }

  static async create(): Promise<TestVhost> {
    const vhost = new TestVhost(`test-${randomUUID()}`);
    await vhost.put('vhosts/{vhost}');
    const everything = { configure: '.*', write: '.*', read: '.*' };
    await vhost.put(`permissions/{vhost}/${vhost.administrator.name}`, everything);
    return vhost;
  }

  /** For a client, of the first node. */
  get url(): string {
    return this.urls[0] ?? '';
  }

  /** Calls the management API, such as `get('queues/{vhost}')`; `{vhost}` stands for this one. */
  get<Answer>(path: string): Promise<Answer> {
    return this.api.get(this.resolve(path));
  }

  put(path: string, body?: object): Promise<void> {
    return this.api.put(this.resolve(path), body);
  }

  post(path: string, body?: object): Promise<unknown> {
    return this.api.post(this.resolve(path), body);
  }

  delete(path: string): Promise<void> {
    return this.api.delete(this.resolve(path));
  }

  /** Lets the broker close the connection of this name, as soon as the broker lists it: `email consuming`. */
  async closeConnection(name: string): Promise<void> {
    const close = async (): Promise<void> => {
      const connections = await this.get<ListedConnection[]>('vhosts/{vhost}/connections');
      const connection = connections.find((one) => one.client_properties?.connection_name === name);
      await this.delete(`connections/${encodeURIComponent(String(connection?.name))}`);
    };
    await eventually(close, { within: 15_000 });
  }

  /** Deletes it, with all that is in it; closes the connections to it. */
  async drop(): Promise<void> {
    await this.delete('vhosts/{vhost}');
  }

  private resolve(path: string): string {
    return path.replace('{vhost}', encodeURIComponent(this.name));
  }
}

interface ListedConnection {
  readonly name: string;
  readonly client_properties?: { readonly connection_name?: string };
}
