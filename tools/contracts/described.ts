import type { PublishedSchema } from '@app/service';
import type { ClassComments } from './doc-comments';

type Comments = ReadonlyMap<string, ClassComments>;

/** A schema that says of its class and members what their doc comments say. */
export function described(name: string, schema: PublishedSchema, comments: Comments): PublishedSchema {
  const description = comments.get(name)?.own;
  const properties = Object.entries(schema.properties).map(([member, words]) => {
    const text = memberComment(name, member, comments);
    return [member, text === undefined ? words : { description: text, ...words }] as const;
  });
  return {
    ...(description !== undefined && { description }),
    ...schema,
    properties: Object.fromEntries(properties),
  };
}

/** Of the member where it is declared: in the class, or in one that it extends. */
function memberComment(name: string, member: string, comments: Comments): string | undefined {
  const found = comments.get(name);
  if (found === undefined) return undefined;
  return found.members.get(member) ?? memberComment(found.parent ?? '', member, comments);
}
