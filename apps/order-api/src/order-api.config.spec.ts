import { ConfigError, type Environment, loadConfig } from '@app/service';
import { ORDER_API_CONFIG } from './order-api.config';

const VALID = {
  RABBITMQ_URL: 'amqp://order-api:secret@localhost/order-events',
  DATABASE_URL: 'postgres://order_api:secret@localhost/orders',
};

describe('The configuration of the order API', () => {
  const problemsOf = (environment: Environment): readonly string[] => {
    try {
      loadConfig(ORDER_API_CONFIG, { ...VALID, ...environment });
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  it.each([
    ['DATABASE_POOL_SIZE', 500],
    ['STATEMENT_TIMEOUT_MS', 1_073_741_823],
    ['PREFETCH', 1_000],
    ['SENDS_AT_ONCE', 1_000],
    ['RETRY_DELAYS_MS', 4_294_967_295],
    ['OUTBOX_LIMIT', 1_000_000_000],
    ['OVERDUE_AFTER_MS', 31_536_000_000],
  ])('takes no %s beyond %d, and says so', (variable, most) => {
    expect(problemsOf({ [variable]: String(most) })).toEqual([]);
    for (const more of [most + 1, 1e21]) {
      const problems = problemsOf({ [variable]: String(more) });
      expect(problems).toEqual([expect.stringMatching(`${variable} must not be greater than ${most}$`)]);
    }
  });
});
