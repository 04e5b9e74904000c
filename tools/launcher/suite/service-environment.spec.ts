import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QueueKindsConfig, TOPOLOGY } from '@app/contracts';
import { ProcessLedger } from '../../../infra/processes/process-ledger';
import { Accounts } from './accounts';
import { Infrastructure } from './infrastructure';
import { ProcessWatch } from './process-watch';
import { SERVICES } from './service-descriptions';
import { environmentOf, type Surroundings } from './service-environment';

const ON_THE_WAY = TOPOLOGY.map(({ service }) => service);

const RABBITMQ = ['amqp://user:secret@one:5672/vhost', 'amqp://user:secret@two:5672/vhost'];

describe(environmentOf.name, () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'environment-'));
  const infrastructure = new Infrastructure({
    dataFolder,
    rabbitmqUrls: RABBITMQ,
    databaseUrl: 'postgres://postgres:secret@server:5433/any?sslmode=require',
    accounts: new Accounts(dataFolder),
    watch: new ProcessWatch({ dataFolder }, new ProcessLedger(dataFolder)),
  });

  afterAll(() => rmSync(dataFolder, { recursive: true }));

  const sut = (name: string, more: Partial<Surroundings> = {}): Record<string, string> => {
    const service = SERVICES.find((description) => description.name === name);
    if (service === undefined) throw new Error(`There is no ${name}.`);
    return environmentOf(service, { infrastructure, smsUrl: 'http://sms', ...more });
  };

  it('gives every service the nodes of a broker that was given', () => {
    expect([sut('order-api').RABBITMQ_URL, sut('email').RABBITMQ_URL]).toEqual([
      RABBITMQ.join(),
      RABBITMQ.join(),
    ]);
  });

  it('gives each service its own database on a server that was given, without the password of that', () => {
    expect(sut('order-api').DATABASE_URL).toBe('postgres://order-api@server:5433/orders?sslmode=require');
    expect(sut('sms').DATABASE_URL).toBe('postgres://sms@server:5433/sms?sslmode=require');
  });

  it('tells all who use the broker which queues are exclusive, and no other service', () => {
    const queueKinds = Object.assign(new QueueKindsConfig(), { smsQueueKind: 'exclusive' });
    const told = SERVICES.filter(({ name }) => sut(name, { queueKinds }).SMS_QUEUE_KIND === 'exclusive');
    expect(told.map(({ name }) => name).toSorted()).toEqual(ON_THE_WAY.toSorted());
    expect(sut('email', { queueKinds })).not.toHaveProperty('EMAIL_QUEUE_KIND');
  });

  it('tells those on the way of an order where their spans go, and not what stands in for a provider', () => {
    const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };
    const told = SERVICES.filter(({ name }) => 'OTEL_EXPORTER_OTLP_ENDPOINT' in sut(name, { tracing }));
    expect(told.map(({ name }) => name).toSorted()).toEqual(ON_THE_WAY.toSorted());
    expect(sut('order-api')).not.toHaveProperty('OTEL_EXPORTER_OTLP_ENDPOINT');
  });
});
