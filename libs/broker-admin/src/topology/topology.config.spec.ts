import { TOPOLOGY } from '@app/contracts';
import { ConfigError, loadConfig } from '@app/service';
import { rightsOf } from './broker-rights';
import { TopologyConfig } from './topology.config';

const kindsFrom = (environment: Record<string, string>): TopologyConfig => {
  const config = loadConfig([TopologyConfig], environment).get(TopologyConfig);
  if (!(config instanceof TopologyConfig)) throw new Error('not loaded');
  return config;
};

describe(TopologyConfig.name, () => {
  it('makes every queue durable where nothing else is asked for', () => {
    const sut = kindsFrom({});
    expect(TOPOLOGY.map(({ service }) => sut.of(service))).toEqual(TOPOLOGY.map(() => 'durable'));
    expect(sut.durable(TOPOLOGY)).toEqual(TOPOLOGY);
  });

  it('leaves the durable queues of an exclusive service out of the topology, and only those', () => {
    const sut = kindsFrom({ EMAIL_QUEUE_KIND: 'exclusive' });
    expect(sut.of('email')).toBe('exclusive');
    expect(sut.of('sms')).toBe('durable');
    const listening = (topology: typeof TOPOLOGY) =>
      topology.filter(({ listensTo }) => listensTo.length > 0).map(({ service }) => service);
    expect(listening(sut.durable(TOPOLOGY))).toEqual(listening(TOPOLOGY).filter((name) => name !== 'email'));
    expect(sut.durable(TOPOLOGY).find(({ service }) => service === 'email')?.works).toEqual(['email_tasks']);
  });

  it('names every value that is no kind', () => {
    const attempt = (): unknown => kindsFrom({ EMAIL_QUEUE_KIND: 'temporary', SMS_QUEUE_KIND: 'x' });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/EMAIL_QUEUE_KIND[^]*SMS_QUEUE_KIND/);
  });

  it.each([
    ['QUEUE_MAX_LENGTH', '1000000001'],
    ['RETRY_DELAYS_MS', '1000,4294967296'],
  ])('refuses %s=%s, which RabbitMQ does not take', (variable, value) => {
    expect(() => kindsFrom({ [variable]: value })).toThrow(
      new RegExp(`${variable} must not be greater than`),
    );
  });

  it('does not let the order API choose: it would miss what inventory decides', () => {
    expect(kindsFrom({ ORDER_API_QUEUE_KIND: 'exclusive' }).of('order-api')).toBe('durable');
  });
});

describe(rightsOf.name, () => {
  it('lets a service with exclusive queues make those, and bind them to the exchange that it listens to', () => {
    const email = TOPOLOGY.find(({ service }) => service === 'email');
    if (email === undefined) throw new Error('no email');
    const { configure, write, read } = rightsOf(email, 'exclusive');
    expect('amq.gen-Xy_1').toMatch(new RegExp(configure));
    expect('amq.gen-Xy_1').toMatch(new RegExp(write));
    expect('order_events').toMatch(new RegExp(read));
    expect('order_events').not.toMatch(new RegExp(write));
    expect('sms.order_events').not.toMatch(new RegExp(configure));
  });
});
