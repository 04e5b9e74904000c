import type { QueueKindsConfig, QueueSettings } from '@app/contracts';
import type { PostgresServer } from '../../../infra/postgres/postgres-server';
import type { RabbitmqServer } from '../../../infra/rabbitmq/rabbitmq-server';
import type { Broker } from '../../../tools/launcher/suite/broker';
import type { ServiceProcess } from '../../../tools/launcher/suite/service-process';

/**
 * One service of a running suite, whatever it runs as. Where it has replicas, all of them. Its URL and its pid may be others after each
 * start.
 */
export type RunningService = Pick<
  ServiceProcess,
  | ('name' | 'url' | 'pid' | 'running')
  | ('start' | 'launch' | 'ready' | 'stop' | 'kill' | 'restart' | 'pause' | 'resume')
>;

export interface RunningServices {
  get(name: string): RunningService;
  /** Starts one more process of a service. */
  startReplica(name: string): Promise<RunningService>;
  stop(): Promise<void>;
}

/** The database server, which a test may take away, and bring back with what it had on disk. */
export type RunningPostgres = Pick<PostgresServer, 'url' | 'start' | 'stop' | 'kill'>;

/** Variables by the names of services. */
export type Environments = Readonly<Record<string, Record<string, string>>>;

/** A suite that was set up for one spec file alone, wherever it runs. */
export interface Deployment {
  readonly services: RunningServices;
  readonly rabbitmq: RabbitmqServer;
  /** What the services use of it. */
  readonly broker: Broker;
  readonly postgres: RunningPostgres;
  /** MailDev's page, and its API below `/api/email`. */
  readonly mailUrl: string;
  /** The stand-in for the SMS provider. */
  readonly smsUrl: string;
  /** Told apart by it from every other. */
  readonly id: string;
  /** The variables of each service, where they can be changed; the next start counts. */
  readonly env?: Environments;
  /** The processes that ended without being asked to. */
  readonly crashes: string[];
  /** Ends everything and deletes its data. @param keepLogs copies the logs to a folder that stays, and prints its name */
  close(options: { readonly keepLogs: boolean }): Promise<void>;
}

export interface DeploymentOptions {
  /** How queues are made; the services are told the same. */
  readonly queues?: QueueSettings;
  /** Which services listen through exclusive queues; none where absent. */
  readonly queueKinds?: QueueKindsConfig;
  /** A mail server in place of the suite's own. */
  readonly smtpUrl?: string;
  /** More variables, or other values, for single services. */
  readonly env?: Environments;
  /** The rest is for processes of this machine only. A broker in place of the suite's own, a URL for each node. */
  readonly rabbitmqUrls?: readonly string[];
  /** Services that no test of the file needs; each takes 2 s of CPU time to start. */
  readonly without?: readonly string[];
}
