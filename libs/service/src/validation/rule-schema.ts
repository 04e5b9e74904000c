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

/** A JSON Schema that accepts nothing that the rule would refuse. */
type Converter = (rule: Rule) => SchemaObject;

const argumentOf = ({ constraints }: Rule): unknown => constraints[0];

/** Where JSON Schema has no word that means exactly the same: class-validator's own function, with the decorator's arguments. */
const byClassValidator: Converter = ({ constraintCls, constraints, propertyName: property }) => {
  const validators = getMetadataStorage().getTargetValidatorConstraints(constraintCls);
  const instances = validators.map(({ instance }) => instance);
  const context = { constraints, property, value: undefined, targetName: '', object: {} };
  return {
    [ACCEPTED_BY]: (value: unknown) => instances.every((own) => own.validate(value, context) === true),
  };
};

/** One for each decorator in use. All of them look at nothing but the value, which an own decorator need not. */
const CONVERTERS: Readonly<Record<string, Converter>> = {
  [ARRAY_MAX_SIZE]: (rule) => ({ type: 'array', maxItems: argumentOf(rule) }),
  [ARRAY_NOT_EMPTY]: () => ({ type: 'array', minItems: 1 }),
  [ARRAY_UNIQUE]: byClassValidator,
  [EQUALS]: byClassValidator,
  [IS_ARRAY]: () => ({ type: 'array' }),
  [IS_BOOLEAN]: () => ({ type: 'boolean' }),
  [IS_EMAIL]: byClassValidator,
  [IS_IN]: byClassValidator,
  [IS_INT]: () => ({ type: 'integer' }),
  [IS_ISO4217_CURRENCY_CODE]: byClassValidator,
  [IS_ISO8601]: byClassValidator,
  [IS_NOT_EMPTY]: byClassValidator,
  [IS_OBJECT]: () => ({ type: 'object' }),
  [IS_STRING]: () => ({ type: 'string' }),
  [IS_UUID]: byClassValidator,
  [MATCHES]: byClassValidator,
  [MAX]: (rule) => ({ type: 'number', maximum: argumentOf(rule) }),
  [MAX_LENGTH]: byClassValidator,
  [MIN]: (rule) => ({ type: 'number', minimum: argumentOf(rule) }),
};

/** @throws UncompilableClass for a decorator without a converter */
export function schemaOfRule(className: string, rule: Rule): SchemaObject {
  const { name = rule.type, propertyName, validateIf } = rule;
  const converter = CONVERTERS[name];
  if (converter === undefined || validateIf !== undefined)
    throw new UncompilableClass(`${className}.${propertyName}`, name, 'there is no converter for it');
  return converter(rule);
}
