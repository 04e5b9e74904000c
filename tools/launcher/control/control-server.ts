import { once } from 'node:events';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { portOf } from '../../../infra/processes/ports';
import type { ControlAddress } from '../suite/suite-file';

/** Does what the words say. What it resolves with is the answer; what it throws is told to the caller. */
export type Execute = (words: readonly string[]) => Promise<unknown>;

/** Takes the commands of `npm run suite` on a free port of 127.0.0.1, from a user who can read the token in the suite's file. */
export class ControlServer {
  private readonly token = randomBytes(32).toString('hex');
  private readonly server = createServer((request, response) => void this.answer(request, response));

  constructor(private readonly execute: Execute) {}

  async open(): Promise<ControlAddress> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return { url: `http://127.0.0.1:${portOf(this.server)}`, token: this.token };
  }

  close(): void {
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [status, body] = await this.outcomeOf(request);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify(body));
  }

  private async outcomeOf(request: IncomingMessage): Promise<[status: number, body: object]> {
    if (!this.isAllowed(request.headers.authorization)) return [401, { error: 'The token is wrong.' }];
    try {
      const words: unknown = await json(request);
      if (!isWords(words)) return [400, { error: 'A command is a list of words.' }];
      return [200, { answer: await this.execute(words) }];
    } catch (error) {
      return [400, { error: error instanceof Error ? error.message : String(error) }];
    }
  }

  private isAllowed(authorization = ''): boolean {
    const [given, wanted] = [Buffer.from(authorization), Buffer.from(`Bearer ${this.token}`)];
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }
}

const isWords = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((word) => typeof word === 'string');
