import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** What `npm run contracts` has written, as seen from `dist/apps/order-api/src/docs`. */
const PUBLISHED = resolve(__dirname, '../../../../../docs/contracts');

/** Serves the OpenAPI page at `/docs`, which `/` leads to, and the document at `/openapi.json`, and at `/docs/json` as before. */
export function serveDocs(app: NestFastifyApplication): void {
  const openApi: unknown = JSON.parse(readFileSync(resolve(PUBLISHED, 'openapi.json'), 'utf8'));
  if (!isOpenApi(openApi)) throw new Error(`${PUBLISHED} has no OpenAPI document`);
  const server = app.getHttpAdapter().getInstance();
  server.get('/', (_, reply) => reply.redirect('/docs'));
  server.get('/openapi.json', () => openApi);
  SwaggerModule.setup('docs', app, openApi, { jsonDocumentUrl: 'docs/json', customSiteTitle: 'Order API' });
}

const isOpenApi = (value: unknown): value is OpenAPIObject =>
  typeof value === 'object' && value !== null && 'openapi' in value;
