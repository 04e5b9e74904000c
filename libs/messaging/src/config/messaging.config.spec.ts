import { BrokerConfig } from '@app/amqp';
import { ConfigError, type Environment, loadConfig } from '@app/service';
import { MessagingConfig } from './messaging.config';

describe(MessagingConfig.name, () => {
  const URL_ = 'amqp://email:secret@localhost:5672/order-events';
  const load = (environment: Environment): object => {
    const loaded = loadConfig([BrokerConfig, MessagingConfig], environment);
    return { ...loaded.get(BrokerConfig), ...loaded.get(MessagingConfig) };
  };
  const problemsOf = (environment: Environment): string => {
    try {
      load(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.message;
      throw error;
    }
    return 'none';
  };

  it('needs a URL alone', () => {
    expect(load({ RABBITMQ_URL: URL_ })).toEqual({
      rabbitmqUrl: [URL_],
      prefetch: 100,
      retryDelaysMs: [1_000, 5_000, 30_000, 120_000],
    });
  });

  it.each([
    'amqps://email:secret@broker.example.com/order-events',
    'amqp://email:p%40ss%2Fw%3Ard@127.0.0.1:5672/%2F',
    'amqp://rabbitmq',
  ])('takes %s', (url) => {
    expect(load({ RABBITMQ_URL: url })).toMatchObject({ rabbitmqUrl: [url] });
  });

  it('takes a URL for each node of a cluster, and a ladder', () => {
    const second = URL_.replace('localhost', 'other');
    expect(load({ RABBITMQ_URL: `${URL_}, ${second}`, RETRY_DELAYS_MS: '200, 400', PREFETCH: '1' })).toEqual({
      rabbitmqUrl: [URL_, second],
      prefetch: 1,
      retryDelaysMs: [200, 400],
    });
  });

  it.each([
    'email:secret@localhost:5672',
    'http://email:secret@localhost:5672',
    'amqp://email:secret@localhost:99999',
    `${URL_},email:secret@other`,
    `${URL_},`,
  ])('refuses the URL "%s" without repeating its password', (url) => {
    const problems = problemsOf({ RABBITMQ_URL: url });
    expect(problems).toContain('RABBITMQ_URL must be a URL such as amqp://');
    expect(problems).not.toContain('secret');
  });

  it.each<[variable: string, value: string]>([
    ['PREFETCH', '0'],
    ['PREFETCH', '1001'],
    ['PREFETCH', 'many'],
    ['RETRY_DELAYS_MS', '0'],
    ['RETRY_DELAYS_MS', '1000,soon'],
    ['RETRY_DELAYS_MS', '1000,,5000'],
    ['RETRY_DELAYS_MS', '0.5'],
  ])('refuses %s=%s', (variable, value) => {
    expect(problemsOf({ RABBITMQ_URL: URL_, [variable]: value })).toContain(variable);
  });

  it('names every bad variable at once', () => {
    const problems = problemsOf({ PREFETCH: '0', RETRY_DELAYS_MS: 'soon' });
    for (const variable of ['RABBITMQ_URL', 'PREFETCH', 'RETRY_DELAYS_MS'])
      expect(problems).toContain(variable);
  });
});
