import { DEFAULT_QUEUE_SETTINGS } from '@app/contracts';
import { ConfigError } from '@app/service';
import { launcherConfig } from './launcher-config';

describe(launcherConfig.name, () => {
  const problemsOf = (environment: Record<string, string>): readonly string[] => {
    try {
      launcherConfig(environment);
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  };

  it('needs nothing: servers of our own, and durable queues', () => {
    const sut = launcherConfig({ PATH: '/bin', RABBITMQ_URL: '', DATABASE_URL: '' });
    expect(sut.rabbitmqUrl).toBeUndefined();
    expect(sut.databaseUrl).toBeUndefined();
    expect(sut.of('email')).toBe('durable');
    expect(sut).toMatchObject(DEFAULT_QUEUE_SETTINGS);
  });

  it.each(['email', 'sms', 'inventory'])('knows the kind of the queue of %s', (service) => {
    const sut = launcherConfig({ [`${service.toUpperCase()}_QUEUE_KIND`]: 'exclusive' });
    expect(['email', 'sms', 'inventory'].filter((name) => sut.of(name) === 'exclusive')).toEqual([service]);
  });

  it('knows how the queues are to be made, as "npm run topology" does', () => {
    const environment = { QUEUE_TYPE: 'classic', QUEUE_MAX_LENGTH: '7', RETRY_DELAYS_MS: '200, 400' };
    expect(launcherConfig(environment)).toMatchObject({
      queueType: 'classic',
      queueMaxLength: 7,
      retryDelaysMs: [200, 400],
    });
  });

  it('takes a broker without a domain, with an encoded password and vhost', () => {
    const url = 'amqps://user:p%40ss@rabbit:5671/%2F';
    expect(launcherConfig({ RABBITMQ_URL: url }).rabbitmqUrl).toEqual([url]);
  });

  it('takes every node of a cluster', () => {
    const sut = launcherConfig({ RABBITMQ_URL: 'amqp://one, amqp://two' });
    expect(sut.rabbitmqUrl).toEqual(['amqp://one', 'amqp://two']);
  });

  it.each(['postgres://localhost', 'postgresql://u:p@10.0.0.1:5433/any?sslmode=require'])(
    'takes the database server %s',
    (url) => expect(launcherConfig({ DATABASE_URL: url }).databaseUrl).toBe(url),
  );

  it('names every bad variable at once, and repeats no value', () => {
    const problems = problemsOf({
      EMAIL_QUEUE_KIND: 'secret',
      RABBITMQ_URL: 'amqp://one,http://user:secret@two',
      DATABASE_URL: 'mysql://user:secret@localhost',
      QUEUE_TYPE: 'secret',
      QUEUE_MAX_LENGTH: '0',
      RETRY_DELAYS_MS: '1000,0',
    });
    const variables = problems.map((problem) => problem.replace(/^each value in /, '').split(' ')[0]);
    expect(variables.sort()).toEqual([
      'DATABASE_URL',
      'EMAIL_QUEUE_KIND',
      'QUEUE_MAX_LENGTH',
      'QUEUE_TYPE',
      'RABBITMQ_URL',
      'RETRY_DELAYS_MS',
    ]);
    expect(problems.join()).not.toContain('secret');
  });
});
