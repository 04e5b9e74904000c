import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync } from 'class-validator';
import { ConfigError } from './config-error';
import { Environment, UnreadableFile, valueOf } from './environment';

/** A class whose properties are configuration: `smtpUrl` is read from `SMTP_URL`, its value here is the default. */
export type ConfigClass<T extends object = object> = new () => T;

/**
 * Reads and validates all configuration of a service together.
 * @throws ConfigError that names every bad variable of every class
 */
export function loadConfig(
  classes: readonly ConfigClass[],
  environment: Environment,
): Map<ConfigClass, object> {
  const problems: string[] = [];
  const loaded = new Map<ConfigClass, object>();
  for (const configClass of classes) {
    const { values, unreadable } = valuesFor(configClass, environment);
    const config = plainToInstance(configClass, values, {
      enableImplicitConversion: true,
      exposeDefaultValues: true,
    });
    problems.push(...unreadable.values(), ...problemsOf(config, unreadable));
    loaded.set(configClass, config);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return loaded;
}

interface Values {
  readonly values: Record<string, string>;
  /** Why a property has no value though there should be one. */
  readonly unreadable: Map<string, string>;
}

/** The variables that a class is read from, by its properties. */
export const variablesOf = (configClass: ConfigClass): ReadonlyMap<string, string> =>
  new Map([...propertiesOf(configClass)].map((property) => [property, toVariable(property)]));

/** Only what the class asks for, so that a config object holds nothing of the rest of the environment. */
function valuesFor(configClass: ConfigClass, environment: Environment): Values {
  const found: Values = { values: {}, unreadable: new Map() };
  for (const [property, variable] of variablesOf(configClass)) {
    try {
      const value = valueOf(variable, environment);
      if (value !== undefined) found.values[property] = value;
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      found.unreadable.set(property, error.message);
    }
  }
  return found;
}

/** Every property that has a rule. */
const propertiesOf = (configClass: ConfigClass): Set<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(configClass, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

const problemsOf = (config: object, known: ReadonlyMap<string, string>): string[] =>
  validateSync(config)
    .filter(({ property }) => !known.has(property))
    .flatMap(({ property, constraints }) =>
      Object.values(constraints ?? {}).map((text) => text.replace(property, toVariable(property))),
    );

/** `smtpUrl` is read from `SMTP_URL`, `retry2After` from `RETRY_2_AFTER`. */
const toVariable = (property: string): string => property.replace(/[A-Z]|\d+/g, '_$&').toUpperCase();
