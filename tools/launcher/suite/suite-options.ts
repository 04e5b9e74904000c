import type { QueueKindsConfig, QueueSettings } from '@app/contracts';
import type { ProcessLedger } from '../../../infra/processes/process-ledger';
import type { ProcessFailed } from '../../../infra/processes/until-ready';

/** Runs a step of the start, such as to show how long it took. */
export type StepRunner = <T>(what: string, work: () => Promise<T>) => Promise<T>;

export const justDo: StepRunner = (_, work) => work();

export interface SuiteOptions {
  /** Everything that is kept from one start to the next. One launcher at a time works in it. */
  readonly dataFolder: string;
  /** `preferred`: 3000 for the order API and so on, where free. */
  readonly ports?: 'preferred' | 'free';
  /** More variables, or other values, for single services. */
  readonly env?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Variables for every service, such as LOG_LEVEL. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables of OpenTelemetry, for the services on the way of an order; without any, there are no traces. */
  readonly tracing?: Readonly<Record<string, string>>;
  /** Every line that a process writes, with the name of the process. */
  readonly log?: (source: string, line: string) => void;
  /** False: faster; a power failure may destroy the data. */
  readonly fsync?: boolean;
  /** How queues are made; the services are told the same retry ladder. */
  readonly queues?: QueueSettings;
  /** Which services listen through exclusive queues; none where absent. All services are told. */
  readonly queueKinds?: QueueKindsConfig;
  /** A broker to use instead of one of our own: a URL for each of its nodes, of a user who may configure everything on its vhost. */
  readonly rabbitmqUrls?: readonly string[];
  /** Of that broker's management API; where absent, the usual port of its host. */
  readonly managementUrl?: string;
  /** A database server to use instead of one of our own: the URL of a user who may create roles and databases. */
  readonly databaseUrl?: string;
  /** Told when a process ends though it was not asked to, and which part of the suite it belongs to. */
  readonly onCrash?: (failure: ProcessFailed, part: string) => void;
  /** Options of Node for a process, by its name; `--enable-source-maps` where absent. */
  readonly nodeOptions?: (name: string) => readonly string[];
  /** What is not started: names of services; `mail`, where the services are given another mail server. */
  readonly without?: readonly string[];
  /** Runs each step of the start. */
  readonly step?: StepRunner;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal;
  /** Where the processes are remembered; one in the data folder where absent. */
  readonly ledger?: ProcessLedger;
  /** Where the built services are; only the suite's own tests put others there. */
  readonly appsFolder?: string;
}
