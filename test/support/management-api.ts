import { inspect } from 'node:util';
import { eventually } from './eventually';

/** How long it may take until a node answers. */
const PATIENCE_MS = 10_000;

/** How long an answer may take: all queues of a topology on all nodes of a cluster are made by one call. */
const ANSWER_MS = 30_000;

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

  /** @throws Error when no node answers for a while, or one does without success */
  private async call(method: string, path: string, body?: object): Promise<unknown> {
    let answer: Response | undefined;
    const asked = async (): Promise<void> => void (answer = await this.askInTurn(method, path, body));
    await eventually(asked, { within: PATIENCE_MS });
    const text = (await answer?.text()) ?? '';
    if (answer?.ok !== true) throw new Error(`${method} ${path}: ${answer?.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  /** @throws Error when no node answers, with what was wrong with the last */
  private async askInTurn(method: string, path: string, body?: object): Promise<Response> {
    let unreachable: unknown;
    for (const url of this.urls) {
      try {
        return await ask(url, method, path, body);
      } catch (error) {
        unreachable = error;
      }
    }
    throw new Error(`${method} ${path}: no answer: ${inspect(unreachable)}`);
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
    signal: AbortSignal.timeout(ANSWER_MS),
  });
