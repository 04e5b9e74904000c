import { type ConfigClass, type Environment, loadConfig, valueOf } from '@app/service';
import { SuiteFile } from '../launcher/suite/suite-file';

/** Nobody said which broker. */
export class NoBroker extends Error {
  readonly code = 'NO_BROKER';

  constructor() {
    super('Which broker? Start the suite with "npm start", or set RABBITMQ_URL.');
  }
}

/**
 * The configuration of a tool that works on a broker: on that of `RABBITMQ_URL`, or else of the suite that `npm start` runs.
 * @param dataFolder of that suite
 * @throws NoBroker, ConfigError, UnreadableFile
 */
export function brokerConfig<T extends object>(
  configClass: ConfigClass<T>,
  environment: Environment,
  dataFolder: string,
): T {
  const RABBITMQ_URL = valueOf('RABBITMQ_URL', environment) ?? suiteUrl(dataFolder);
  const config = loadConfig([configClass], { ...environment, RABBITMQ_URL }).get(configClass);
  if (config instanceof configClass) return config;
  throw new Error(`${configClass.name} was not loaded`);
}

function suiteUrl(dataFolder: string): string {
  const url = new SuiteFile(dataFolder).read()?.rabbitmqUrl;
  if (typeof url === 'string') return url;
  throw new NoBroker();
}
