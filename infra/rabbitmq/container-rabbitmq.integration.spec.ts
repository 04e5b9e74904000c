import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brokerDefinitions } from '@app/broker-admin';
import { ORDER_EVENTS, queueName } from '@app/contracts';
import { connect } from 'amqplib';
import { shortHash } from '../environment';
import { ProcessLedger } from '../processes/process-ledger';
import { hasEngine } from '../docker';
import { ContainerRabbitmq } from './container-rabbitmq';

/** Starting a container takes a while. */
jest.setTimeout(120_000);

const accounts = {
  vhost: 'order-events',
  passwords: { 'order-api': 'secret', email: 'secret' },
  administrator: { name: 'administrator', password: 'secret' },
};
const INBOX = queueName('email', ORDER_EVENTS);

/** Without an engine there is nothing to try. */
(hasEngine() ? describe : describe.skip)(ContainerRabbitmq.name, () => {
  const folder = resolve('.data', 'test', `${process.pid}-container`);
  const node = join(folder, 'node');
  const ledger = new ProcessLedger(folder);
  const said: string[] = [];
  let sut: ContainerRabbitmq;

  beforeAll(async () => {
    await ledger.take();
    sut = new ContainerRabbitmq({ folder: node, ledger, definitions: brokerDefinitions(accounts) });
    await sut.prepare((line) => said.push(line));
    await sut.start();
  });

  afterAll(async () => {
    await sut.remove();
    ledger.release();
    rmSync(folder, { recursive: true, force: true });
  });

  const publish = async (as: string): Promise<void> => {
    const connection = await connect(sut.url({ name: as, password: 'secret' }, accounts.vhost));
    connection.on('error', () => undefined);
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => undefined);
    channel.publish(ORDER_EVENTS.name, '', Buffer.from('a test'), { persistent: true });
    await channel.waitForConfirms();
    await connection.close();
  };

  const administratorUrl = (): string => sut.url(accounts.administrator, accounts.vhost);

  const waiting = async (): Promise<number> => {
    const connection = await connect(administratorUrl());
    const { messageCount } = await (await connection.createChannel()).checkQueue(INBOX);
    await connection.close();
    return messageCount;
  };

  it('is announced before it is started', () => {
    expect(said).toEqual(['RabbitMQ is not installed: running it in a container.']);
  });

  it('has the topology, and lets each service do what it may', async () => {
    await publish('order-api');
    await expect(publish('email')).rejects.toThrow();
    expect(await waiting()).toBe(1);
  });

  it.each(['kill', 'stop'] as const)('has kept its messages after a %s, and is where it was', async (how) => {
    const url = administratorUrl();
    await (how === 'kill' ? sut.kill() : sut.stop());
    await sut.start();
    expect(administratorUrl()).toBe(url);
    expect(await waiting()).toBe(1);
  });

  it('leaves nothing behind', async () => {
    const filter = `label=com.docker.compose.project=order-events-${shortHash(node)}`;
    const left = (): string[] =>
      [
        ['ps', '-a'],
        ['volume', 'ls'],
        ['network', 'ls'],
      ].map((list) => execFileSync('docker', [...list, '-q', '--filter', filter], { encoding: 'utf8' }));
    expect(left()).not.toEqual(['', '', '']);
    await sut.remove();
    expect(left()).toEqual(['', '', '']);
  });
});
