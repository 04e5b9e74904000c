import { addressOf, BrokerUrl } from '@app/amqp';

/** Where RabbitMQ's management plugin listens unless it is told otherwise. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 15_672, 'https:': 15_671 };

const ANSWER_LIMIT_MS = 10_000;

/** The management API of the broker does not answer as it should. The text has no password. */
export class ManagementUnavailable extends Error {
  readonly code = 'MANAGEMENT_UNAVAILABLE';

  constructor(reasons: readonly string[]) {
    super(
      `RabbitMQ's management API cannot be used: ${reasons.join(', ')}. Does the broker run, is the plugin enabled, is its address in RABBITMQ_MANAGEMENT_URL, and has the user the tag "policymaker"?`,
    );
  }
}

/** What the broker lists: an object for each queue, binding and so on. */
export type Listed = Readonly<Record<string, unknown>>;

export const isListed = (value: unknown): value is Listed => typeof value === 'object' && value !== null;

/**
 * RabbitMQ's management API, as far as it can what AMQP cannot: it tells which bindings and policies there are, and with which arguments queues were
 * made, and it makes policies.
 * @see https://www.rabbitmq.com/docs/http-api-reference
 */
export class ManagementApi {
  /**
   * @param brokerUrl for AMQP; its user and virtual host are those that the API is asked with
   * @param address of the API; where absent, the usual port of each of the broker's hosts
   */
  constructor(
    private readonly brokerUrl: BrokerUrl,
    private readonly address?: string,
  ) {}

  /** All of the virtual host: `queues`, `exchanges`, `bindings`, `policies`. @throws ManagementUnavailable */
  list(what: string): Promise<readonly Listed[]> {
    return this.ofFirstNode(async (broker) => {
      const listed: unknown = await (await this.ask(broker, 'GET', [what])).json();
      if (!Array.isArray(listed)) throw new Error('no list');
      return listed.filter(isListed);
    });
  }

  /** Makes it, or changes it. @throws ManagementUnavailable */
  async put(what: 'policies', name: string, body: object): Promise<void> {
    await this.ofFirstNode((broker) => this.ask(broker, 'PUT', [what, name], body));
  }

  private async ofFirstNode<T>(ask: (broker: URL) => Promise<T>): Promise<T> {
    const failures: string[] = [];
    for (const url of [this.brokerUrl].flat()) {
      try {
        return await ask(new URL(url));
      } catch (error) {
        failures.push(
          `${this.address ?? addressOf(url)} (${error instanceof Error ? error.message : 'no answer'})`,
        );
      }
    }
    throw new ManagementUnavailable(failures);
  }

  private async ask(
    broker: URL,
    method: 'GET' | 'PUT',
    [what, ...names]: readonly [string, ...string[]],
    body?: object,
  ): Promise<Response> {
    const { protocol, hostname, pathname, username, password } = broker;
    const scheme = protocol.replace('amqp', 'http');
    const api = this.address ?? `${scheme}//${hostname}:${DEFAULT_PORTS[scheme]}`;
    const vhost = pathname.length > 1 ? pathname.slice(1) : encodeURIComponent('/');
    const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const answer = await fetch([api.replace(/\/$/, ''), 'api', what, vhost, ...names].join('/'), {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(user).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    return answer;
  }
}
