import {
  dataSchemaOf,
  EVENT_EXAMPLES,
  MESSAGE_EXAMPLES,
  schemaPathOf,
  type VersionedType,
} from '@app/contracts';
import { publishedSchemasOf } from '@app/service';
import { described } from './described';
import type { ClassComments } from './doc-comments';

interface Contract {
  readonly of: VersionedType;
  readonly type: new () => object;
  readonly example: object;
}

/** All that travels between services. A task, a question and an alert have no type; their schemas are called like their queues. */
const CONTRACTS: readonly Contract[] = [
  ...EVENT_EXAMPLES.map(({ eventClass, data }) => ({ of: eventClass, type: eventClass, example: data })),
  ...MESSAGE_EXAMPLES.map(({ name, messageClass, message }) => ({
    of: { type: name },
    type: messageClass,
    example: message,
  })),
];

/** A JSON Schema by the path that its URI ends in. Each stands alone: what is inside its class is among its definitions. */
export function jsonSchemas(comments: ReadonlyMap<string, ClassComments>): Map<string, object> {
  return new Map(CONTRACTS.map((contract) => [schemaPathOf(contract.of), schemaOf(contract, comments)]));
}

function schemaOf({ of, type, example }: Contract, comments: ReadonlyMap<string, ClassComments>): object {
  const schemas = Object.entries(publishedSchemasOf([type], '#/$defs/')).map(
    ([name, schema]) => [name, described(name, schema, comments)] as const,
  );
  const { [type.name]: own, ...inside } = Object.fromEntries(schemas);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: dataSchemaOf(of),
    title: type.name,
    ...own,
    ...(Object.keys(inside).length > 0 && { $defs: inside }),
    examples: [example],
  };
}
