import { inspect } from 'node:util';
import { eventually } from '../eventually';
import { parsed } from '../json';

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
  constructor(readonly urls: readonly string[]) {}

  get<Answer>(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  async put(path: string, body: object = {}): Promise<void> {
    await this.call('PUT', path, body);
  }

  post<Answer>(path: string, body: object = {}): Promise<Answer> {
    return this.call('POST', path, body);
  }

  async delete(path: string): Promise<void> {
    await this.call('DELETE', path);
  }

  /** @throws Error when no node answers for a while, or one does without success: `GET queues: 404 …` */
  private async call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const what = `${method} ${path} to be answered`;
    const answer = await eventually(() => this.askInTurn(method, path, body), { what, within: PATIENCE_MS });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return parsed(text || 'null');
  }

  /** @throws Error when no node answers, with what was wrong with the last */
  private async askInTurn(method: string, path: string, body?: object): Promise<Response> {
    let unreachable: unknown;
    for (const url of this.urls) {
      try {
        return await ask(new URL(url), method, path, body);
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
