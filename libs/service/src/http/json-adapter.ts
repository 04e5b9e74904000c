import { BadRequestException, UnsupportedMediaTypeException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { missingHost, refuseUnknownExpectations, refuseUnreadable, refuseUnroutable } from './early-refusals';
import { closeIdleConnections } from './idle-connections';
import { jsonTextOf, UnreadableJson } from '../validation/json-text';

/** The largest request body, in bytes: the largest order fits. A larger one is answered with 413. */
export const BODY_LIMIT = 64 * 1024;

/** How long a request may take to arrive, headers and body, in milliseconds. A slower one is answered with 408. */
export const REQUEST_LIMIT_MS = 10_000;

/** How often Node looks for requests that take too long, in milliseconds. */
const LOOK_EVERY_MS = 1_000;

/**
 * Takes JSON bodies and no others: another content type is answered with 415, as is one that is compressed; a body that is too large with 413, one that is not
 * JSON in UTF-8 or is nested too deeply with 400. An app on it is created with `bodyParser: false`, or Nest adds parsers of its own.
 */
export function jsonAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_LIMIT_MS,
    // Node exchanges the two limits where that of the headers, 60 s by default, is the longer one.
    http: {
      headersTimeout: REQUEST_LIMIT_MS,
      connectionsCheckingInterval: LOOK_EVERY_MS,
      // Looked for below, since Node's own answer has no body.
      requireHostHeader: false,
    },
    clientErrorHandler: refuseUnreadable,
    // What still comes on an open connection during a stop is answered: the work behind it stops only after the last answer.
    return503OnClosing: false,
    frameworkErrors: refuseUnroutable,
    // Of a path's parameter. Node's limit for all headers is less, so how long one may be is left to its own rules.
    routerOptions: { maxParamLength: BODY_LIMIT },
  });
  const fastify = adapter.getInstance();
  closeIdleConnections(fastify);
  refuseUnknownExpectations(fastify.server);
  // After all `onRequest` hooks, so that the answer has a correlation id.
  fastify.addHook('preParsing', ({ raw }, _reply, payload, done) => done(missingHost(raw) ?? null, payload));
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (request.headers['content-encoding'] !== undefined) {
      done(new UnsupportedMediaTypeException('The body must not be compressed'));
      return;
    }
    try {
      void parse(request, jsonTextOf(body), done);
    } catch (error) {
      if (!(error instanceof UnreadableJson)) throw error;
      done(new BadRequestException(error.message));
    }
  });
  return adapter;
}
