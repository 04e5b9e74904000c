import { IncomingHttpHeaders } from 'node:http';
import { Socket } from 'node:net';
import { HttpStatus } from '@nestjs/common';
import { CORRELATION_HEADER, correlationIdFrom } from './http-context';
import { pathOf, PROBLEM_CONTENT_TYPE, problemWith } from './problem';

/** Node's codes for a request that it cannot read to its end; any other is a request that is no HTTP. */
const STATUS_OF: Readonly<Partial<Record<string, number>>> = {
  ERR_HTTP_REQUEST_TIMEOUT: HttpStatus.REQUEST_TIMEOUT,
  HPE_HEADER_OVERFLOW: 431,
};

const DETAIL_OF: Readonly<Partial<Record<number, string>>> = {
  [HttpStatus.REQUEST_TIMEOUT]: 'The request did not arrive in time.',
  431: 'The headers of the request are too large.',
};

/**
 * Answers what is refused before Fastify has a request, and closes the connection: what follows on it cannot be told from the rest of
 * the request that was refused.
 * @see https://nodejs.org/api/http.html#event-clienterror
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUS_OF[error.code ?? ''] ?? HttpStatus.BAD_REQUEST;
  const problem = problemWith(status, DETAIL_OF[status] ?? 'The request is not HTTP.');
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${status} ${problem.title}`,
    'Connection: close',
    `Content-Type: ${PROBLEM_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroy(error);
}

/** What is needed of Fastify's, whatever kind of server it belongs to. */
interface Reply {
  readonly raw: {
    statusCode: number;
    setHeader(name: string, value: string): unknown;
    end(text: string): unknown;
  };
}

/** Answers what Fastify refuses before it has found a route, and before any hook: a path that is not well encoded. */
export function refuseUnroutable(
  error: { readonly statusCode?: number },
  request: { readonly url: string; readonly headers: IncomingHttpHeaders },
  { raw }: Reply,
): void {
  const problem = problemWith(error.statusCode ?? HttpStatus.BAD_REQUEST, 'There is no such path.');
  raw.statusCode = problem.status;
  raw.setHeader('content-type', PROBLEM_CONTENT_TYPE);
  raw.setHeader(CORRELATION_HEADER, correlationIdFrom(request.headers));
  raw.end(JSON.stringify({ ...problem, instance: pathOf(request.url) }));
}
