import { CLOUD_EVENT_CONTENT_TYPE, CloudEvent, EVENT_EXAMPLES, MESSAGE_EXAMPLES } from '@app/contracts';
import { publishedSchemasOf } from '@app/service';
import { described } from '../described';
import type { ClassComments } from '../doc-comments';
import type { AsyncApi } from '../check-async-api';
import { channels } from './channels';
import { messages } from './messages';
import { operations } from './operations';

const CLASSES = [
  CloudEvent,
  ...EVENT_EXAMPLES.map(({ eventClass }) => eventClass),
  ...MESSAGE_EXAMPLES.map(({ messageClass }) => messageClass),
];

const DESCRIPTION = `What the services of the shop tell each other over RabbitMQ.

An event is a CloudEvent in JSON; its \`dataschema\` names the schema of its data. Members may be added within a major version: ignore those that you don't know.`;

/** The AsyncAPI document: which messages travel where, and which service sends and receives them. */
export function asyncApi(comments: ReadonlyMap<string, ClassComments>): AsyncApi {
  const schemas = Object.entries(publishedSchemasOf(CLASSES, '#/components/schemas/'));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Order events',
      version: '1',
      description: DESCRIPTION,
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: CLOUD_EVENT_CONTENT_TYPE,
    channels: channels(),
    operations: operations(),
    components: {
      messages: messages(comments),
      schemas: Object.fromEntries(schemas.map(([name, schema]) => [name, described(name, schema, comments)])),
    },
  };
}
