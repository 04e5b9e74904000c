import { publishedSchemasOf } from '@app/service';
import type { Type } from '@nestjs/common';
import type { Parameter } from './operation';

/** The parameters of a query, from the class that they are checked with. */
export function queryParameters<Query extends object>(
  type: Type<Query>,
  descriptions: Readonly<Record<keyof Query & string, string>>,
): Parameter[] {
  const [schema] = Object.values(publishedSchemasOf([type], '#'));
  return Object.entries<string>(descriptions).map(([name, description]) => ({
    name,
    in: 'query',
    description,
    required: schema?.required.includes(name) === true,
    schema: schema?.properties[name] ?? {},
  }));
}
