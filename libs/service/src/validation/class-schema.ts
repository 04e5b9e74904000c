import type { SchemaObject } from 'ajv';
import { ARRAY_MAX_SIZE, ValidationTypes } from 'class-validator';
import type { Member, Rule, Shape } from './class-shape';
import { schemaOfRule } from './rule-schema';

/**
 * The JSON Schema of a class. It accepts nothing that class-validator would refuse, and no more members than the class has.
 * @throws UncompilableClass
 */
export function schemaOf({ type, members }: Shape): SchemaObject {
  const entries = [...members];
  // What the class itself sets where a value is absent is left to class-validator's way, which makes an instance.
  const defaults = Object.keys(new type());
  return {
    type: 'object',
    properties: Object.fromEntries(
      entries.map(([name, member]) => [name, memberSchemaOf(type.name, member)]),
    ),
    required: entries.flatMap(([name, { optional }]) => (optional && !defaults.includes(name) ? [] : [name])),
    additionalProperties: false,
  };
}

/** Every rule on its own: merged into one schema, a rule could overwrite another. */
function memberSchemaOf(className: string, { rules, nested, optional, nullable }: Member): SchemaObject {
  const allOf = lengthFirst(rules).map((rule) => {
    const isNesting = rule.type === ValidationTypes.NESTED_VALIDATION;
    const schema = isNesting && nested ? schemaOf(nested) : schemaOfRule(className, rule);
    return rule.each ? { type: 'array', items: schema } : schema;
  });
  return optional || nullable ? { anyOf: [{ type: 'null' }, { allOf }] } : { allOf };
}

/** A list that is too long is refused before anything looks at its items. */
const lengthFirst = (rules: readonly Rule[]): Rule[] =>
  rules.toSorted((a, b) => Number(b.name === ARRAY_MAX_SIZE) - Number(a.name === ARRAY_MAX_SIZE));
