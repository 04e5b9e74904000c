import { type ConfigClass, type Environment, loadConfig, valueOf } from '@app/service';
import { SuiteFile } from '../launcher/suite/suite-file';

/** Neither a variable nor a running suite says which broker. */
export class NoBroker extends Error {
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
  const given = valueOf('RABBITMQ_URL', environment);
  const suite = given === undefined ? ofSuite(dataFolder) : { RABBITMQ_URL: given };
  const variables = { ...suite, ...environment, RABBITMQ_URL: suite.RABBITMQ_URL };
  const config = loadConfig([configClass], variables).get(configClass);
  if (config instanceof configClass) return config;
  throw new Error(`${configClass.name} was not loaded`);
}

/** Where the broker of a running suite is, and how its queues were chosen. */
function ofSuite(dataFolder: string) {
  const { rabbitmqUrl, managementUrl, queueVariables } = new SuiteFile(dataFolder).read() ?? {};
  if (typeof rabbitmqUrl !== 'string') throw new NoBroker();
  return { ...queueVariables, RABBITMQ_URL: rabbitmqUrl, RABBITMQ_MANAGEMENT_URL: managementUrl };
}
