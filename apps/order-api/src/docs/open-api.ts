import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROBLEM_SCHEMA, UNREADABLE_REQUEST_SCHEMA } from './problems';
import { documentedSchemas } from './schemas';
import { SHARED_ANSWERS, withSharedAnswers } from './shared-answers';

const DESCRIPTION = `Takes orders, and tells everybody by events.

- Every error is answered with problem details (RFC 9457).
- Amounts of money are integers in minor units: 1998 is EUR 19.98. Times are ISO 8601 in UTC.
- What happens to an order is published too: see [the events](/docs/events).`;

/**
 * The OpenAPI document: the routes are Nest's, the schemas come from the rules that requests are checked with.
 * @param include the modules whose routes are for callers; those of `/health` and `/metrics` are not
 */
export function openApiOf(app: INestApplication, include: Type[]): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Order API')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer('/', 'Where this page comes from')
    .addTag('orders', 'Placing, following and cancelling orders')
    .addTag('products', 'What the shop sells')
    .build();
  const document = SwaggerModule.createDocument(app, config, { include });
  return {
    ...document,
    paths: withSharedAnswers(document.paths),
    security: [],
    components: {
      schemas: {
        ...documentedSchemas(),
        Problem: PROBLEM_SCHEMA,
        UnreadableRequest: UNREADABLE_REQUEST_SCHEMA,
      },
      responses: SHARED_ANSWERS,
    },
  };
}
