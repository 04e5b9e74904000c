import { randomUUID } from 'node:crypto';
import { addressesOf } from './addresses';
import { eventually } from './eventually';
import { ManagementApi } from './management-api';

/** A virtual host of the test run's broker, for one spec file alone. */
export class TestVhost {
  /** For a client, one for each node of the broker; its user may do everything. */
  readonly urls: readonly string[];
  private readonly api = new ManagementApi(addressesOf('rabbitmqManagement'));

  constructor(readonly name: string) {
    this.urls = addressesOf('rabbitmq').map((url) => {
      url.pathname = `/${encodeURIComponent(name)}`;
      return url.href;
    });
  }

  /** For a client, of the first node. */
  get url(): string {
    return this.urls[0] ?? '';
  }

  /** Calls the management API, such as `get('queues/{vhost}')`; `{vhost}` stands for this one. */
  get(path: string): Promise<unknown> {
    return this.api.get(this.resolve(path));
  }

  put(path: string, body?: object): Promise<unknown> {
    return this.api.put(this.resolve(path), body);
  }

  post(path: string, body?: object): Promise<unknown> {
    return this.api.post(this.resolve(path), body);
  }

  delete(path: string): Promise<unknown> {
    return this.api.delete(this.resolve(path));
  }

  /** Lets the broker close the connection of this name, as soon as the broker lists it: `email consuming`. */
  async closeConnection(name: string): Promise<void> {
    const close = async (): Promise<void> => {
      const connections = await this.get('vhosts/{vhost}/connections');
      if (!Array.isArray(connections)) throw new TypeError('Not a list of connections');
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

export async function createVhost(): Promise<TestVhost> {
  const vhost = new TestVhost(`test-${randomUUID()}`);
  await vhost.put('vhosts/{vhost}');
  const { username } = new URL(vhost.url);
  await vhost.put(`permissions/{vhost}/${username}`, { configure: '.*', write: '.*', read: '.*' });
  return vhost;
}
