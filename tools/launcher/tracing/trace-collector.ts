import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { parsed } from '../../../infra/json';
import { portOf } from '../../../infra/processes/ports';
import { type OtlpRequest, spansOf } from './otlp';
import { TraceStore } from './trace-store';

const PATH = '/v1/traces';

/** Milliseconds until ended spans are sent; 5 s by default, which is long for somebody who waits for them. */
const SOON = { OTEL_BSP_SCHEDULE_DELAY: '500' };

/** An OTLP collector of traces, as HTTP and JSON, on a free port of 127.0.0.1. It keeps the newest in memory, and sends none on. */
export class TraceCollector {
  readonly traces = new TraceStore();

  private constructor(private readonly server: Server) {
    server.on(
      'request',
      (request: IncomingMessage, response: ServerResponse) => void this.take(request, response),
    );
  }

  static async open(): Promise<TraceCollector> {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new TraceCollector(server);
  }

  /** What a service is told, so that it sends its spans here. */
  get variables(): Record<string, string> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${portOf(this.server)}`, ...SOON };
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const status = await this.read(request).catch(() => 400);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  }

  private async read(request: IncomingMessage): Promise<number> {
    const body = await text(request);
    if (request.url !== PATH) return 404;
    this.traces.add(spansOf(parsed<OtlpRequest>(body)));
    return 200;
  }
}
