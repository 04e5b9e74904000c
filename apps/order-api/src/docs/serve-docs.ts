import { OutboxConfig } from '@app/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { isAsyncApi } from './events-page/async-api-document';
import { eventsPage } from './events-page/events-page';
import { published, publishedSchemas } from './published';

/**
 * Serves what others build on: the OpenAPI page at `/docs`, which `/` leads to, and its document at `/openapi.json`, and at `/docs/json`
 * as before; the events at `/docs/events` and `/docs/events.json`; the schemas at `/schemas/order.created/v1`.
 */
export function serveDocs(app: NestFastifyApplication): void {
  const openApi = published('openapi.json', isOpenApi);
  const server = app.getHttpAdapter().getInstance();
  server.get('/', (_, reply) => reply.redirect('/docs'));
  server.get('/openapi.json', () => openApi);
  SwaggerModule.setup('docs', app, openApi, { jsonDocumentUrl: 'docs/json', customSiteTitle: 'Order API' });
  serveEvents(app);
  serveSchemas(app);
}

function serveEvents(app: NestFastifyApplication): void {
  const asyncApi = published('asyncapi.json', isAsyncApi);
  const page = eventsPage(asyncApi);
  const server = app.getHttpAdapter().getInstance();
  server.get('/docs/events.json', () => asyncApi);
  server.get('/docs/events', (_, reply) => reply.type('text/html; charset=utf-8').send(page));
}

/** Each under the name that this service's own events give to it. */
function serveSchemas(app: NestFastifyApplication): void {
  const schemas = publishedSchemas();
  const { schemaBaseUrl } = app.get(OutboxConfig);
  const server = app.getHttpAdapter().getInstance();
  server.get<{ Params: { name: string; version: string } }>('/schemas/:name/:version', (request, reply) => {
    const path = `${request.params.name}/${request.params.version}`;
    const schema = schemas.get(path);
    if (schema === undefined) {
      reply.callNotFound();
      return;
    }
    return reply.type('application/schema+json').send({ ...schema, $id: `${schemaBaseUrl}/${path}` });
  });
}

const isOpenApi = (value: unknown): value is OpenAPIObject =>
  typeof value === 'object' && value !== null && 'openapi' in value;
