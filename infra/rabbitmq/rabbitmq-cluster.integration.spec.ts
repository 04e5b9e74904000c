import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { brokerDefinitions } from '@app/broker-admin';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { ProcessLedger } from '../processes/process-ledger';
import { isRunning, startOf } from '../processes/process-table';
import type { PrivateRabbitmq } from './private-rabbitmq';
import { eventually } from '../eventually';
import { RabbitmqCluster } from './rabbitmq-cluster';

const QUEUE = 'email.order_events';
const VHOST = 'order-events';
const IN_FLIGHT = 50;

const accounts = {
  vhost: VHOST,
  passwords: { email: 'secret' },
  administrator: { name: 'administrator', password: 'secret' },
};

describe(RabbitmqCluster.name, () => {
  const folder = resolve('.data', 'test', `${process.pid}-cluster`);
  const ledger = new ProcessLedger(folder);
  const sut = new RabbitmqCluster({ folder, ledger, definitions: brokerDefinitions(accounts) });
  const open: ChannelModel[] = [];

  beforeAll(async () => {
    await ledger.take();
    await sut.start();
  });
  afterAll(async () => {
    for (const connection of open) await connection.close().catch(() => undefined);
    await sut.remove();
    ledger.release();
    rmSync(folder, { recursive: true, force: true });
  });

  interface QueueFacts {
    leader: string;
    members: string[];
    online: string[];
    messages: number;
  }
  const queue = async (): Promise<QueueFacts> => {
    return sut.management(accounts.administrator).get(`queues/${VHOST}/${QUEUE}`);
  };
  const names = sut.nodes.map(({ name }) => name).sort();

  const connectTo = async (url: string): Promise<ChannelModel> => {
    const connection: ChannelModel = await connect(url);
    connection.on('error', () => undefined);
    open.push(connection);
    return connection;
  };
  const urlOf = (node: PrivateRabbitmq): string => node.url(accounts.administrator, VHOST);

  it('is one cluster, of which every node lets its users in', async () => {
    await expect(sut.management(accounts.administrator).get('nodes')).resolves.toEqual(
      expect.arrayContaining(names.map((name): unknown => expect.objectContaining({ name, running: true }))),
    );
    for (const url of sut.urls({ name: 'email', password: 'secret' }, VHOST)) await connectTo(url);
  });

  it('has its definitions, with a member of each quorum queue on every node', async () => {
    const { members } = await queue();
    expect([...members].sort()).toEqual(names);
  });

  /** Publishes until it is told to stop, at each confirm once more; resolves with what was confirmed. */
  const publish = async (channel: ConfirmChannel, goesOn: () => boolean): Promise<Set<string>> => {
    const confirmed = new Set<string>();
    const publishOn = async (lane: number): Promise<void> => {
      for (let count = 0; goesOn(); count += 1) {
        const id = `${lane}-${count}`;
        await new Promise<void>((done, failed) =>
          channel.sendToQueue(QUEUE, Buffer.from(id), { persistent: true }, (error) =>
            error === null ? done() : failed(new Error('Not confirmed')),
          ),
        );
        confirmed.add(id);
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, (_, lane) => publishOn(lane)));
    return confirmed;
  };

  /** Takes messages until each of these has come. */
  const takeAll = async (channel: ConfirmChannel, wanted: ReadonlySet<string>): Promise<void> => {
    const missing = new Set(wanted);
    await channel.prefetch(1_000);
    const { consumerTag } = await channel.consume(QUEUE, (message) => {
      if (message === null) return;
      missing.delete(message.content.toString());
      channel.ack(message);
    });
    await eventually(() => expect(missing).toEqual(new Set()), { within: 30_000 });
    await channel.cancel(consumerTag);
  };

  it('loses nothing that was confirmed when the leader is killed, and takes it back', async () => {
    const { leader } = await queue();
    const killed = sut.nodeNamed(leader);
    const survivor = sut.nodes.find((node) => node !== killed) ?? killed;
    const channel = await (await connectTo(urlOf(survivor))).createConfirmChannel();
    let after = false;
    let confirmedSince = 0;
    const confirmed = publish(channel, () => {
      if (after) confirmedSince += 1;
      return confirmedSince < 500;
    });
    await eventually(async () => (await queue()).messages > 500, { within: 20_000 });
    await killed.kill();
    await eventually(async () => expect((await queue()).leader).not.toBe(leader), { within: 20_000 });
    after = true;
    await takeAll(channel, await confirmed);

    await killed.start();
    await eventually(async () => expect((await queue()).online.sort()).toEqual(names), { within: 20_000 });
  });

  it('comes back with what it had after all its nodes were killed', async () => {
    const channel = await (await connectTo(urlOf(sut.nodes[0]))).createConfirmChannel();
    await channel.purgeQueue(QUEUE);
    channel.sendToQueue(QUEUE, Buffer.from('kept'), { persistent: true });
    await channel.waitForConfirms();
    await sut.kill();
    await sut.start();
    for (const node of sut.nodes) {
      const again = await (await connectTo(urlOf(node))).createChannel();
      await eventually(async () => expect((await again.checkQueue(QUEUE)).messageCount).toBe(1));
    }
  });

  it('leaves no process and no file behind when it is removed', async () => {
    const running = sut.nodes.map(({ pid = 0 }) => ({ pid, started: startOf(pid) ?? 'gone' }));
    expect(running.map(isRunning)).toEqual([true, true, true]);
    await sut.remove();
    expect(running.map(isRunning)).toEqual([false, false, false]);
    for (const node of ['a', 'b', 'c']) expect(existsSync(`${folder}/${node}`)).toBe(false);
  });
});
