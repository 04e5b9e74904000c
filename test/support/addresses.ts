import type { PostgresServer } from '../../infra/postgres/postgres-server';
import { GivenRabbitmq } from '../../infra/rabbitmq/given-rabbitmq';
import type { RabbitmqServer } from '../../infra/rabbitmq/rabbitmq-server';

/** The variables through which the processes that run the specs learn of the broker and the database of the run. */
const VARIABLES = {
  rabbitmq: 'TEST_RABBITMQ_URL',
  rabbitmqManagement: 'TEST_RABBITMQ_MANAGEMENT_URL',
  postgres: 'TEST_POSTGRES_URL',
  failure: 'TEST_INFRASTRUCTURE_FAILURE',
} as const;

interface Servers {
  readonly rabbitmq: RabbitmqServer;
  readonly postgres?: PostgresServer;
}

/** The servers that the specs use from now on. */
export function handOver({ rabbitmq, postgres }: Servers): void {
  process.env[VARIABLES.rabbitmq] = rabbitmq.urls().join();
  process.env[VARIABLES.rabbitmqManagement] = rabbitmq.management().urls.join();
  if (postgres !== undefined) process.env[VARIABLES.postgres] = postgres.url('postgres');
}

export function handOverFailure(error: unknown): void {
  process.env[VARIABLES.failure] = error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** The RabbitMQ of the run, for its administrator on `/`. @throws Error in a unit spec */
export const sharedRabbitmq = (): GivenRabbitmq =>
  new GivenRabbitmq(listOf('rabbitmq'), listOf('rabbitmqManagement'));

/** A database on the PostgreSQL of the run, for its administrator. @throws Error in a unit spec */
export function postgresUrl(database: string): string {
  const url = new URL(listOf('postgres').join());
  url.pathname = database;
  return url.href;
}

function listOf(server: Exclude<keyof typeof VARIABLES, 'failure'>): string[] {
  const urls = process.env[VARIABLES[server]];
  if (urls !== undefined) return urls.split(',');
  const why = process.env[VARIABLES.failure] ?? 'a unit spec does without';
  throw new Error(`There is no ${server}: ${why}`);
}
