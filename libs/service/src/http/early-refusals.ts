import { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { BadRequestException, HttpStatus } from '@nestjs/common';
import { CORRELATION_HEADER, correlationIdFrom } from './http-context';
import { pathOf, Problem, PROBLEM_CONTENT_TYPE, problemWith } from './problem';

type Refusal = Omit<Problem, 'instance'>;

/** Of a request that has not arrived in time. */
export const TOO_SLOW: Refusal = problemWith(
  HttpStatus.REQUEST_TIMEOUT,
  'The request did not arrive in time.',
);

/** Of a request whose path and headers have more than 16 KiB together, which is Node's limit. */
export const HEADERS_TOO_LARGE: Refusal = problemWith(431, 'The headers of the request are too large.');

/** Of a request that expects something else than `100-continue`. */
export const UNKNOWN_EXPECTATION: Refusal = problemWith(
  HttpStatus.EXPECTATION_FAILED,
  'Nothing but 100-continue can be expected.',
);

const NOT_HTTP: Refusal = problemWith(HttpStatus.BAD_REQUEST, 'The request is not HTTP.');

/** Node's codes for a request that it cannot read to its end; any other is a request that is no HTTP. */
const UNREADABLE: Readonly<Partial<Record<string, Refusal>>> = {
  ERR_HTTP_REQUEST_TIMEOUT: TOO_SLOW,
  HPE_HEADER_OVERFLOW: HEADERS_TOO_LARGE,
};

/**
 * Answers what is refused before Fastify has a request, and closes the connection: what follows on it cannot be told from the rest of
 * the request that was refused.
 * @see https://nodejs.org/api/http.html#event-clienterror
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem = UNREADABLE[error.code ?? ''] ?? NOT_HTTP;
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
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

/** What is needed of a request, Node's or Fastify's. */
interface Asked {
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
}

/** Answers what Fastify refuses before it has found a route, and before any hook: a path that is not well encoded. */
export function refuseUnroutable(
  error: { readonly statusCode?: number },
  request: Asked,
  { raw }: Reply,
): void {
  answer(problemWith(error.statusCode ?? HttpStatus.BAD_REQUEST, 'There is no such path.'), request, raw);
}

/**
 * Answers what Node itself would answer without a body: an `Expect` that it does not know.
 * @see https://nodejs.org/api/http.html#event-checkexpectation
 */
export function refuseUnknownExpectations(server: Server): void {
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    answer(UNKNOWN_EXPECTATION, request, response),
  );
}

/**
 * What HTTP 1.1 asks for and Node would answer without a body; undefined where nothing is missing.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function missingHost({ headers, httpVersion }: IncomingMessage): BadRequestException | undefined {
  if (headers.host !== undefined || httpVersion !== '1.1') return undefined;
  return new BadRequestException('The request has no Host header');
}

function answer(problem: Refusal, { url = '', headers }: Asked, response: Reply['raw']): void {
  response.statusCode = problem.status;
  response.setHeader('content-type', PROBLEM_CONTENT_TYPE);
  response.setHeader(CORRELATION_HEADER, correlationIdFrom(headers));
  response.end(JSON.stringify({ ...problem, instance: pathOf(url) }));
}
