import { type PublishedSchema, publishedSchemasOf } from '@app/service';
import type { Type } from '@nestjs/common';

type Schema = { $ref: string } | { type: 'array'; items: Schema };

/** Where the document has its schemas. */
const SCHEMAS = '#/components/schemas/';

const documented = new Set<Type<object>>();

/** A reference to a schema of the document. */
export const schemaNamed = (name: string): { $ref: string } => ({ $ref: `${SCHEMAS}${name}` });

/** A reference to the schema of a class, or of a list of them, which comes into the document thereby. */
export function schemaOf(type: Type<object> | readonly [Type<object>]): Schema {
  if (isList(type)) return { type: 'array', items: schemaOf(type[0]) };
  documented.add(type);
  return schemaNamed(nameOf(type.name));
}

/** The schemas of all classes that a route refers to, and of those inside them. */
export function documentedSchemas(): Record<string, PublishedSchema> {
  const published = Object.entries(publishedSchemasOf([...documented], SCHEMAS));
  return Object.fromEntries(published.map(([name, schema]) => [nameOf(name), schema]));
}

/** What a class is called in the document: callers need not know which classes are data transfer objects. */
const nameOf = (className: string): string => className.replace(/Dto$/, '');

const isList = (type: Type<object> | readonly [Type<object>]): type is readonly [Type<object>] =>
  Array.isArray(type);
