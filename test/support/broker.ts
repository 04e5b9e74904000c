import { randomUUID } from 'node:crypto';
import { addressOf } from './addresses';
import { eventually } from './eventually';

const MILLISECONDS = 10_000;

/** A virtual host of the test run's broker, for one spec file alone. */
export class TestVhost {
  /** For a client; its user may do everything. */
  readonly url: string;

  constructor(readonly name: string) {
    const url = addressOf('rabbitmq');
    url.pathname = `/${encodeURIComponent(name)}`;
    this.url = url.href;
  }

  /**
   * Calls the management API, such as `get('queues/{vhost}')`; `{vhost}` stands for this one.
   * @see https://www.rabbitmq.com/docs/http-api-reference
   */
  get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }

  put(path: string, body: object = {}): Promise<unknown> {
    return this.call('PUT', path, body);
  }

  post(path: string, body: object = {}): Promise<unknown> {
    return this.call('POST', path, body);
  }

  delete(path: string): Promise<unknown> {
    return this.call('DELETE', path);
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

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const { origin, username, password } = addressOf('rabbitmqManagement');
    const url = `${origin}/api/${path.replace('{vhost}', encodeURIComponent(this.name))}`;
    const response = await fetch(url, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(MILLISECONDS),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}

export async function createVhost(): Promise<TestVhost> {
  const vhost = new TestVhost(`test-${randomUUID()}`);
  await vhost.put('vhosts/{vhost}');
  await vhost.put('permissions/{vhost}/guest', { configure: '.*', write: '.*', read: '.*' });
  return vhost;
}
