import type { Infrastructure } from './infrastructure';

/** The variables through which the processes that run the specs learn of the broker and the database of the run. */
const VARIABLES = {
  rabbitmq: 'TEST_RABBITMQ_URL',
  rabbitmqManagement: 'TEST_RABBITMQ_MANAGEMENT_URL',
  postgres: 'TEST_POSTGRES_URL',
  failure: 'TEST_INFRASTRUCTURE_FAILURE',
} as const;

/** RabbitMQ's own first user: administrator, and let in from this machine alone. */
const GUEST = 'guest';

export function handOver({ rabbitmq, postgres }: Infrastructure): void {
  const management = new URL(rabbitmq.managementUrl);
  management.username = management.password = GUEST;
  process.env[VARIABLES.rabbitmq] = rabbitmq.url(GUEST, GUEST, '/');
  process.env[VARIABLES.rabbitmqManagement] = management.href;
  process.env[VARIABLES.postgres] = postgres.url('postgres');
}

export function handOverFailure(error: unknown): void {
  process.env[VARIABLES.failure] = error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Where the shared server is, for its administrator. @throws Error in a spec that is not an `*.integration.spec.ts` */
export function addressOf(server: 'rabbitmq' | 'rabbitmqManagement' | 'postgres'): URL {
  const url = process.env[VARIABLES[server]];
  if (url !== undefined) return new URL(url);
  const why = process.env[VARIABLES.failure] ?? 'it is started for *.integration.spec.ts alone';
  throw new Error(`There is no ${server}: ${why}`);
}
