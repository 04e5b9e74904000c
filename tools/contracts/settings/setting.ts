import { getMetadataStorage } from 'class-validator';
import { type ConfigClass, variablesOf } from '@app/service';

/** A variable that a process reads from its environment. */
export interface Setting {
  readonly variable: string;
  readonly property: string;
  /** As it is written in an environment; undefined where there is none. */
  readonly default?: string;
  readonly isOptional: boolean;
  /** Its unit and range: `ms, at least 100`. */
  readonly values: string;
}

type Rules = ReadonlyMap<string, readonly unknown[]>;

/** All variables of a class, in the order of their rules. */
export const settingsIn = (configClass: ConfigClass): Setting[] =>
  [...variablesOf(configClass)].map(([property, variable]) => {
    const rules = rulesOf(configClass, property);
    return {
      variable,
      property,
      default: textOf(Reflect.get(new configClass(), property)),
      isOptional: rules.has('isOptional'),
      values: valuesOf(variable, rules),
    };
  });

function rulesOf(configClass: ConfigClass, property: string): Rules {
  const rules = getMetadataStorage()
    .getTargetValidationMetadatas(configClass, '', false, false)
    .filter(({ propertyName }) => propertyName === property);
  return new Map(rules.map(({ name = '', constraints }) => [name, constraints]));
}

function textOf(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const number = (value: unknown): string => Number(value).toLocaleString('en');

function valuesOf(variable: string, rules: Rules): string {
  const several = rules.has('isArray') ? ', several comma-separated' : '';
  return `${oneValue(variable, rules)}${several}`;
}

function oneValue(variable: string, rules: Rules): string {
  const [choices] = rules.get('isIn') ?? [];
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (rules.has('isInt')) return variable.endsWith('_MS') ? `ms, ${rangeOf(rules)}` : rangeOf(rules);
  if (rules.has('isUrl')) return 'URL';
  return rules.has('isEmail') ? 'mail address' : 'text';
}

function rangeOf(rules: Rules): string {
  const [min] = rules.get('min') ?? [0];
  const [max] = rules.get('max') ?? [];
  return max === undefined ? `at least ${number(min)}` : `${number(min)} to ${number(max)}`;
}
