import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TopologyConfig } from '@app/broker-admin';
import { Accounts } from '../launcher/suite/accounts';
import { SERVICES } from '../launcher/suite/service-descriptions';
import { secretFiles } from './secret-files';
import { Servers } from './servers';

describe(secretFiles.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const servers = {
    rabbitmqUrl: ['amqp://rabbitmq', 'amqp://rabbitmq-2:5673'],
    databaseUrl: 'postgres://postgres',
  };
  const accounts = new Accounts(folder);
  const sut = () => secretFiles(accounts, new Servers(servers, accounts.vhost), new TopologyConfig());

  it('has a folder for each container that must know something', () => {
    expect(Object.keys(sut())).toEqual(
      expect.arrayContaining(['rabbitmq', 'postgres', 'operator', ...SERVICES.map(({ name }) => name)]),
    );
  });

  it('gives a service the way to every node of the broker, and to its own database', () => {
    const password = accounts.brokerPassword('order-api');
    expect(sut()['order-api']).toEqual({
      'rabbitmq-url': `amqp://order-api:${password}@rabbitmq/order-events,amqp://order-api:${password}@rabbitmq-2:5673/order-events`,
      'database-url': expect.stringMatching(/^postgres:\/\/order-api:[\da-f]{32}@postgres\/orders$/),
    });
  });

  it('tells no service what another knows', () => {
    const known = SERVICES.flatMap(({ name }) => Object.values(sut()[name] ?? {})).map(
      (text) => /:([^:@]+)@/.exec(text)?.[1] ?? text,
    );
    const [passwords, services] = [known.length, SERVICES.length];
    expect(new Set(known).size).toBe(passwords);
    expect(passwords).toBeGreaterThan(services);
    const operators = Object.values(sut().operator ?? {}).join();
    for (const password of known) expect(operators).not.toContain(password);
  });

  it('gives people the passwords of the users for development, where there are any', () => {
    const names = (of: Accounts): string[] =>
      Object.keys(secretFiles(of, new Servers(servers, of.vhost), new TopologyConfig()).rabbitmq ?? {});
    expect(names(accounts)).toEqual(['definitions.json', 'erlang-cookie', 'administrator-password']);
    const developers = ['tail-password', 'visitor-password'];
    expect(names(new Accounts(folder, ['tail', 'visitor']))).toEqual([...names(accounts), ...developers]);
  });

  it('keeps the passwords from one start to the next', () => {
    const { rabbitmq: _, ...before } = sut();
    expect(sut()).toMatchObject(before);
    expect(new Accounts(folder).brokerPassword('email')).toBe(accounts.brokerPassword('email'));
  });
});
