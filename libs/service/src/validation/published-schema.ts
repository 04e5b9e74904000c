import type { SchemaObject } from 'ajv';
import { ValidationTypes } from 'class-validator';
import { type Class, type Member, type Shape, shapeOf } from './class-shape';
import { wordsOfRule } from './rule-schema';

/** The schema of a class. */
export interface PublishedSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, SchemaObject>>;
  readonly required: readonly string[];
}

/**
 * The JSON Schemas (2020-12) of classes and of those inside them, for readers and for other languages. They come from the rules that values are
 * checked with. Members may be added, so none is forbidden.
 * @param pointer where a schema refers to another: `#/$defs/`
 * @throws UncompilableClass for a decorator without a converter
 */
export function publishedSchemasOf(
  classes: readonly Class[],
  pointer: string,
): Record<string, PublishedSchema> {
  const shapes = new Map(classes.map((type) => shapeOf(type)).flatMap(withNested));
  return Object.fromEntries([...shapes].map(([name, shape]) => [name, publishedSchemaOf(shape, pointer)]));
}

const withNested = (shape: Shape): [string, Shape][] => [
  [shape.type.name, shape],
  ...[...shape.members.values()].flatMap(({ nested }) => (nested ? withNested(nested) : [])),
];

function publishedSchemaOf({ type, members }: Shape, pointer: string): PublishedSchema {
  const defaults = new Map<string, unknown>(Object.entries(new type()));
  const entries = [...members].toSorted(byAncestry).map(([name, member]) => {
    const schema = memberSchemaOf(type.name, member, pointer);
    return [name, defaults.has(name) ? { ...schema, default: defaults.get(name) } : schema] as const;
  });
  const isOptional = (name: string): boolean => members.get(name)?.optional === true || defaults.has(name);
  return {
    type: 'object',
    properties: Object.fromEntries(entries),
    required: entries.flatMap(([name]) => (isOptional(name) ? [] : [name])),
  };
}

/** What a class inherits comes first, as one would write it down. */
const byAncestry = ([, a]: [string, Member], [, b]: [string, Member]): number =>
  ancestorsOf(a.rules[0]?.target) - ancestorsOf(b.rules[0]?.target);

const ancestorsOf = (type: unknown): number =>
  typeof type === 'function' ? 1 + ancestorsOf(Object.getPrototypeOf(type)) : 0;

function memberSchemaOf(
  className: string,
  { rules, nested, nullable }: Member,
  pointer: string,
): SchemaObject {
  const [items, own] = [true, false].map((each) =>
    merged(
      rules
        .filter((rule) => !rule.each === !each && rule.type !== ValidationTypes.NESTED_VALIDATION)
        .map((rule) => wordsOfRule(className, rule)),
    ),
  );
  const reference = nested && { $ref: `${pointer}${nested.type.name}` };
  if (own?.type === 'array') return { ...own, items: reference ?? items };
  const schema = reference ?? own ?? {};
  return nullable ? orNull(schema) : schema;
}

/** Of two types, the narrower: an integer is a number. What else both say of the same word goes under `allOf`. */
function merged(schemas: readonly SchemaObject[]): SchemaObject {
  return schemas.reduce<SchemaObject>((all, { type, ...words }) => {
    const narrower: unknown = all.type === undefined || all.type === 'number' ? (type ?? all.type) : all.type;
    const typed = narrower === undefined ? all : { ...all, type: narrower };
    const isSaid = Object.keys(words).some((word) => word in all);
    if (!isSaid) return { ...typed, ...words };
    const more: readonly SchemaObject[] = Array.isArray(all.allOf) ? all.allOf : [];
    return { ...typed, allOf: [...more, words] };
  }, {});
}

const orNull = (schema: SchemaObject): SchemaObject =>
  typeof schema.type === 'string'
    ? { ...schema, type: [schema.type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
