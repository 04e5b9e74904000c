const MILLISECONDS = 10_000;

/**
 * RabbitMQ's management API, of the first node that answers.
 * @see https://www.rabbitmq.com/docs/http-api-reference
 */
export class ManagementApi {
  /** @param urls one for each node, with name and password */
  constructor(private readonly urls: readonly URL[]) {}

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

  /** @throws Error when there is no answer, or none of success */
  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const unreachable: unknown[] = [];
    for (const url of this.urls) {
      const answer = await ask(url, method, path, body).catch(
        (error: unknown) => void unreachable.push(error),
      );
      if (answer === undefined) continue;
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
      return text === '' ? undefined : JSON.parse(text);
    }
    throw new Error(`${method} ${path}: no answer`, { cause: unreachable });
  }
}

const ask = (
  { origin, username, password }: URL,
  method: string,
  path: string,
  body?: object,
): Promise<Response> =>
  fetch(`${origin}/api/${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      'content-type': 'application/json',
      // The broker may close a connection that rests just when it is used again.
      connection: 'close',
    },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(MILLISECONDS),
  });
