import { type Environment, valueOf } from '@app/service';
import { SuiteFile } from '../launcher/suite/suite-file';

/**
 * Of user `tail`, on the broker that `npm start` runs for itself. Undefined for a broker that is given: that has no such user.
 * @param dataFolder of that suite
 */
export function tailUrls(environment: Environment, dataFolder: string): string[] | undefined {
  if (valueOf('RABBITMQ_URL', environment) !== undefined) return undefined;
  return new SuiteFile(dataFolder).read()?.tailUrl?.split(',');
}
