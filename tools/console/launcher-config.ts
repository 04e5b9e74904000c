import { BrokerUrls } from '@app/amqp';
import { TopologyConfig } from '@app/broker-admin';
import { type Environment, loadConfig } from '@app/service';
import { IsOptional, IsUrl } from 'class-validator';

/** What `npm start` and `npm run demo` read from their environment. The services validate what they are given themselves. */
export class LauncherConfig extends TopologyConfig {
  /** A broker to use instead of one of our own. */
  @IsOptional()
  @BrokerUrls()
  rabbitmqUrl?: string[];

  /** A PostgreSQL server to use instead of one of our own, on which the services get their databases. */
  @IsOptional()
  @IsUrl(
    { protocols: ['postgres', 'postgresql'], require_tld: false, require_protocol: true },
    { message: '$property must be a URL such as postgres://postgres:password@localhost:5432' },
  )
  databaseUrl?: string;
}

/** @throws ConfigError that names every bad variable, and repeats no value */
export function launcherConfig(environment: Environment): LauncherConfig {
  const config = loadConfig([LauncherConfig], environment).get(LauncherConfig);
  return config instanceof LauncherConfig ? config : new LauncherConfig();
}
