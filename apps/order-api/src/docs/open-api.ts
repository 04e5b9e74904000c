import { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { PROBLEM_SCHEMA } from './problem-schema';

/** Serves the OpenAPI page at `/docs`, which `/` leads to, and the document at `/docs/json`. */
export function serveOpenApi(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .get('/', (_, reply) => reply.redirect('/docs'));
  SwaggerModule.setup('docs', app, () => openApiOf(app), {
    jsonDocumentUrl: 'docs/json',
    customSiteTitle: 'Order API',
  });
}

/** The schemas come from the same class-validator rules that the requests are checked with. */
function openApiOf(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Order API')
    .setDescription('Takes orders, and tells everybody by events. Errors are problem details (RFC 9457).')
    .setVersion('1')
    .build();
  const document = SwaggerModule.createDocument(app, config);
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: '#/components/schemas/',
  });
  return {
    ...document,
    components: { ...document.components, schemas: { ...schemas, Problem: PROBLEM_SCHEMA } },
  };
}
