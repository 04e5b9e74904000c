import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ConfigError } from './config-error';

/** A class whose properties are configuration: `smtpUrl` is read from `SMTP_URL`, its value here is the default. */
export type ConfigClass<T extends object = object> = new () => T;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and validates all configuration of a service together.
 * @throws ConfigError that names every bad variable of every class
 */
export function loadConfig(
  classes: readonly ConfigClass[],
  environment: Environment,
): Map<ConfigClass, object> {
  const properties = toProperties(environment);
  const problems: string[] = [];
  const loaded = new Map<ConfigClass, object>();
  for (const configClass of classes) {
    const config = plainToInstance(configClass, properties, {
      enableImplicitConversion: true,
      exposeDefaultValues: true,
    });
    problems.push(...problemsOf(config));
    loaded.set(configClass, config);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return loaded;
}

/** `validateSync` also strips what no property asks for, so that a config object holds nothing of the rest of the environment. */
function problemsOf(config: object): string[] {
  return validateSync(config, { whitelist: true }).flatMap(({ property, constraints }) =>
    Object.values(constraints ?? {}).map((text) => text.replace(property, toVariable(property))),
  );
}

function toProperties(environment: Environment): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && value !== '') properties[toProperty(name)] = value;
  }
  return properties;
}

const toProperty = (variable: string): string =>
  variable.toLowerCase().replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

const toVariable = (property: string): string => property.replace(/[A-Z]/g, '_$&').toUpperCase();
