import type { SchemaObject } from 'ajv';
import {
  ARRAY_MAX_SIZE,
  ARRAY_NOT_EMPTY,
  ARRAY_UNIQUE,
  EQUALS,
  getMetadataStorage,
  IS_ARRAY,
  IS_BOOLEAN,
  IS_EMAIL,
  IS_IN,
  IS_INT,
  IS_ISO4217_CURRENCY_CODE,
  IS_ISO8601,
  IS_NOT_EMPTY,
  IS_OBJECT,
  IS_STRING,
  IS_UUID,
  MATCHES,
  MAX,
  MAX_LENGTH,
  MIN,
} from 'class-validator';
import type { Rule } from './class-shape';
import { UncompilableClass } from './uncompilable-class';

/** The keyword whose value is a function that says whether a value is accepted. */
export const ACCEPTED_BY = 'acceptedBy';

/** What JSON Schema says of a rule. */
type Converter = (rule: Rule) => SchemaObject;

const argumentOf = ({ constraints }: Rule): unknown => constraints[0];

const patternOf = (rule: Rule): unknown => {
  const pattern = argumentOf(rule);
  return pattern instanceof RegExp ? pattern.source : pattern;
};

const enumOf = (values: unknown): SchemaObject =>
  Array.isArray(values) && values.every((value) => typeof value === 'string')
    ? { type: 'string', enum: values }
    : { enum: values };

/** One for each decorator in use. All of them look at nothing but the value, which an own decorator need not. */
const CONVERTERS: Readonly<Record<string, Converter>> = {
  [ARRAY_MAX_SIZE]: (rule) => ({ type: 'array', maxItems: argumentOf(rule) }),
  [ARRAY_NOT_EMPTY]: () => ({ type: 'array', minItems: 1 }),
  [ARRAY_UNIQUE]: () => ({ type: 'array', uniqueItems: true }),
  [EQUALS]: (rule) => ({ const: argumentOf(rule) }),
  [IS_ARRAY]: () => ({ type: 'array' }),
  [IS_BOOLEAN]: () => ({ type: 'boolean' }),
  [IS_EMAIL]: () => ({ type: 'string', format: 'email' }),
  [IS_IN]: (rule) => enumOf(argumentOf(rule)),
  [IS_INT]: () => ({ type: 'integer' }),
  [IS_ISO4217_CURRENCY_CODE]: () => ({ type: 'string', pattern: '^[A-Z]{3}$' }),
  [IS_ISO8601]: () => ({ type: 'string', format: 'date-time' }),
  [IS_NOT_EMPTY]: () => ({ minLength: 1 }),
  [IS_OBJECT]: () => ({ type: 'object' }),
  [IS_STRING]: () => ({ type: 'string' }),
  [IS_UUID]: () => ({ type: 'string', format: 'uuid' }),
  [MATCHES]: (rule) => ({ type: 'string', pattern: patternOf(rule) }),
  [MAX]: (rule) => ({ type: 'number', maximum: argumentOf(rule) }),
  [MAX_LENGTH]: (rule) => ({ type: 'string', maxLength: argumentOf(rule) }),
  [MIN]: (rule) => ({ type: 'number', minimum: argumentOf(rule) }),
};

/** The decorators that mean exactly what JSON Schema's words say. */
const EXACT: ReadonlySet<string> = new Set([
  ARRAY_MAX_SIZE,
  ARRAY_NOT_EMPTY,
  IS_ARRAY,
  IS_BOOLEAN,
  IS_INT,
  IS_OBJECT,
  IS_STRING,
  MAX,
  MIN,
]);

/** class-validator's own function, with the decorator's arguments. */
const byClassValidator: Converter = ({ constraintCls, constraints, propertyName: property }) => {
  const validators = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  const instances = validators.map(({ instance }) => instance);
  const context = { constraints, property, value: undefined, targetName: '', object: {} };
  return {
    [ACCEPTED_BY]: (value: unknown) => instances.every((own) => own.validate(value, context) === true),
  };
};

/**
 * A schema for Ajv, which accepts nothing that the rule would refuse: where the words do not mean exactly the same, it asks class-validator.
 * @throws UncompilableClass for a decorator without a converter
 */
export function schemaOfRule(className: string, rule: Rule): SchemaObject {
  const words = wordsOfRule(className, rule);
  return EXACT.has(nameOf(rule)) ? words : byClassValidator(rule);
}

/**
 * A schema for readers and for other languages: the words of JSON Schema that come next to the rule.
 * @throws UncompilableClass for a decorator without a converter
 */
export function wordsOfRule(className: string, rule: Rule): SchemaObject {
  const converter = CONVERTERS[nameOf(rule)];
  if (converter === undefined || rule.validateIf !== undefined)
    throw new UncompilableClass(
      `${className}.${rule.propertyName}`,
      nameOf(rule),
      'there is no converter for it',
    );
  return converter(rule);
}

const nameOf = ({ name, type }: Rule): string => name ?? type;
