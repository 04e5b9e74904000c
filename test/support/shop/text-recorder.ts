import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Notification, Texts } from './notifications';

const CREATED = 201;
const PASSED_ON = ['content-type', 'authorization', 'idempotency-key'];

/** Stands before the SMS gateway and writes down what that has accepted: a gateway that is killed forgets it. */
export class TextRecorder implements Texts {
  private readonly accepted: Notification[] = [];
  private gatewayUrl?: string;
  private answersToLose = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      // Like a gateway that is away: the connection breaks.
      this.passOn(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<TextRecorder> {
    const recorder = new TextRecorder(createServer());
    await once(recorder.server.listen(0, '127.0.0.1'), 'listening');
    return recorder;
  }

  get url(): string {
    const address = this.server.address();
    return `http://127.0.0.1:${isInfo(address) ? address.port : 0}`;
  }

  passOnTo(gatewayUrl: string): void {
    this.gatewayUrl = gatewayUrl;
  }

  /** So many more texts are accepted, and the connection breaks before that is said. */
  loseAnswers(count: number): void {
    this.answersToLose = count;
  }

  all(): Promise<readonly Notification[]> {
    return Promise.resolve(this.accepted);
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A read has no body: `fetch` refuses even an empty one.
    const body = (await text(request)) || undefined;
    const headers = PASSED_ON.map((name): [string, string] => [name, String(request.headers[name])]);
    const { method = 'POST', url = '/' } = request;
    const answer = await fetch(new URL(url, this.gatewayUrl), { method, headers, body });
    const answered = await answer.text();
    if (answer.status === CREATED) this.record(new URLSearchParams(body), request);
    if (answer.status === CREATED && this.answersToLose > 0) {
      this.answersToLose -= 1;
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answered);
  }

  private record(sent: URLSearchParams, { headers }: IncomingMessage): void {
    const eventId = decodeURIComponent(String(headers['idempotency-key']));
    this.accepted.push({ eventId, to: sent.get('To') ?? '', title: sent.get('Body') ?? '', at: Date.now() });
  }
}

const isInfo = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
