import type { PrivatePostgres } from '../../infra/postgres/private-postgres';
import type { TestBroker } from './brokers/test-broker';

/** The variables through which the processes that run the specs learn of the broker and the database of the run. */
const VARIABLES = {
  rabbitmq: 'TEST_RABBITMQ_URL',
  rabbitmqManagement: 'TEST_RABBITMQ_MANAGEMENT_URL',
  postgres: 'TEST_POSTGRES_URL',
  failure: 'TEST_INFRASTRUCTURE_FAILURE',
} as const;

type Server = Exclude<keyof typeof VARIABLES, 'failure'>;

/** The servers that the specs use from now on. */
export function handOver({ rabbitmq, postgres }: { rabbitmq: TestBroker; postgres?: PrivatePostgres }): void {
  process.env[VARIABLES.rabbitmq] = rabbitmq.urls.join();
  process.env[VARIABLES.rabbitmqManagement] = rabbitmq.managementUrls.join();
  if (postgres !== undefined) process.env[VARIABLES.postgres] = postgres.url('postgres');
}

export function handOverFailure(error: unknown): void {
  process.env[VARIABLES.failure] = error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Where the nodes of the shared server are, for its administrator. @throws Error in a unit spec */
export function addressesOf(server: Server): URL[] {
  const urls = process.env[VARIABLES[server]];
  if (urls !== undefined) return urls.split(',').map((url) => new URL(url));
  const why = process.env[VARIABLES.failure] ?? 'a unit spec does without';
  throw new Error(`There is no ${server}: ${why}`);
}

/** Its first node. */
export function addressOf(server: Server): URL {
  const [first] = addressesOf(server);
  if (first === undefined) throw new Error(`The list of ${server} is empty`);
  return first;
}
