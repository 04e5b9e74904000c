import { QueueKindsConfig } from '@app/messaging';
import { loadConfig, type Environment } from '@app/service';
import { Transform } from 'class-transformer';
import { IsOptional, IsUrl } from 'class-validator';

const ANY_HOST = { require_tld: false, require_protocol: true };

const commaSeparated = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;

/** What `npm start` and `npm run demo` read from their environment. The services validate what they are given themselves. */
export class LauncherConfig extends QueueKindsConfig {
  /** A broker to use instead of one of our own: one URL, or one for each node of a cluster, comma-separated. */
  @IsOptional()
  @Transform(commaSeparated)
  @IsUrl(
    { ...ANY_HOST, protocols: ['amqp', 'amqps'] },
    {
      each: true,
      message:
        '$property must be a URL such as amqp://user:password@localhost:5672/vhost (or several, comma-separated)',
    },
  )
  rabbitmqUrl?: string[];

  /** A PostgreSQL server to use instead of one of our own, on which the services get their databases. */
  @IsOptional()
  @IsUrl(
    { ...ANY_HOST, protocols: ['postgres', 'postgresql'] },
    { message: '$property must be a URL such as postgres://postgres:password@localhost:5432' },
  )
  databaseUrl?: string;
}

/** @throws ConfigError that names every bad variable, and repeats no value */
export function launcherConfig(environment: Environment): LauncherConfig {
  const config = loadConfig([LauncherConfig], environment).get(LauncherConfig);
  return config instanceof LauncherConfig ? config : new LauncherConfig();
}
