import { BadRequestException } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { jsonTextOf, UnreadableJson } from '../validation/json-text';

/** The largest request body, in bytes: an order of 100 lines has less than half of it. A larger one is answered with 413. */
export const BODY_LIMIT = 64 * 1024;

/**
 * Takes JSON bodies and no others: another content type is answered with 415, a body that is too large with 413, one that is not
 * JSON in UTF-8 or is nested too deeply with 400. An app on it is created with `bodyParser: false`, or Nest adds parsers of its own.
 */
export function jsonAdapter(): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT });
  const fastify = adapter.getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      void parse(request, jsonTextOf(body), done);
    } catch (error) {
      if (!(error instanceof UnreadableJson)) throw error;
      done(new BadRequestException(error.message));
    }
  });
  return adapter;
}
