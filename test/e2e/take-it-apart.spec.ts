import { join } from 'node:path';
import { ORDER_EVENTS, queueName } from '@app/contracts';
import { connect } from 'amqplib';
import { SERVICES } from '../../tools/launcher/suite/service-descriptions';
import { textsUrlOf } from '../../tools/launcher/suite/service-environment';
import type { SuiteAddresses } from '../../tools/launcher/suite/suite-file';
import type { PartStatus } from '../../tools/launcher/supervision/supervisor';
import { Checkout } from '../support/checkout';
import { eventually } from '../../infra/eventually';
import { ManagementApi } from '../../infra/rabbitmq/management-api';
import { addressed } from '../../infra/rabbitmq/rabbitmq-server';
import { read } from '../../infra/http';
import { anOrder, type Order } from '../support/shop/order';
import { RunningCommand } from '../support/shop/command';
import { describeOn } from '../support/shop/target';

const PARTS = [...SERVICES.map(({ name }) => name), 'rabbitmq', 'postgres', 'mail'];

interface Consumer {
  readonly queue: { readonly name: string };
  readonly channel_details: { readonly name: string; readonly user: string };
}

interface Channel {
  readonly name: string;
  /** Absent until the channel has told its figures. */
  readonly message_stats?: { readonly ack?: number };
}

describeOn(['local'], 'it starts a checkout of its own')('npm run suite', () => {
  const checkout = new Checkout();
  let suite: SuiteAddresses;

  beforeAll(async () => {
    suite = await checkout.start();
  });

  afterAll(() => checkout.remove());

  const management = (): ManagementApi => {
    const { username, password } = new URL(suite.rabbitmqUrl);
    return new ManagementApi([addressed(suite.managementUrl ?? '', { name: username, password })]);
  };
  /** Runs a command that must succeed. */
  const run = async (...words: string[]): Promise<PartStatus[]> => {
    const { code, output } = await checkout.run('suite', {}, ['--json', ...words]);
    expect({ code, output }).toMatchObject({ code: 0 });
    const parts: PartStatus[] = JSON.parse(output);
    return parts;
  };
  const statusOf = async (name: string): Promise<PartStatus | undefined> =>
    (await run()).find((part) => part.name === name);

  const place = async (count: number): Promise<string[]> => {
    const placing = Array.from({ length: count }, () =>
      read<Order>(`${suite.orderApiUrl}/orders`, { method: 'POST', body: anOrder({ 'PAPER-CLIP': 1 }) }),
    );
    const orders = await Promise.all(placing);
    return orders.map(({ id }) => id);
  };
  const allConfirmed = async (ids: readonly string[]): Promise<void> => {
    const orders = await Promise.all(ids.map((id) => read<Order>(`${suite.orderApiUrl}/orders/${id}`)));
    expect(orders.filter(({ status }) => status !== 'confirmed')).toEqual([]);
  };
  /** How many mails tell of these orders. */
  const mailsOf = async (ids: readonly string[]): Promise<number> => {
    const mails: { text: string }[] = await read(`${suite.mailUrl}/api/email`);
    return mails.filter(({ text }) => ids.some((id) => text.includes(id))).length;
  };
  const textsSent = async (): Promise<number> => {
    const { messages }: { messages: object[] } = await read(`${textsUrlOf(suite.smsUrl)}?PageSize=1000`);
    return messages.length;
  };

  it('shows all that runs', async () => {
    const parts = await run();
    expect(parts.map(({ name }) => name).sort()).toEqual(PARTS.toSorted());
    for (const part of parts)
      expect(part).toMatchObject({ state: 'running', restarts: 0, pid: expect.any(Number) });
  });

  it('shows the way of the newest order, and of any other', async () => {
    const [older = '', newer = ''] = [...(await place(1)), ...(await place(1))];
    const traces = (...words: string[]) => checkout.run('traces', {}, words);
    const shown = async (): Promise<string> => {
      const { output } = await traces();
      expect(output).toContain(`Order ${newer}: `);
      expect(output.match(/send (mail|text)/g)).toHaveLength(4);
      return output;
    };
    const output = await eventually(shown, { within: 60_000, every: 500 });
    for (const line of [
      /^order-api +POST \/orders /m,
      /^inventory +process order.created /m,
      /^email +send mail /m,
    ])
      expect(output).toMatch(line);
    expect(await traces(older)).toMatchObject({
      code: 0,
      output: expect.stringContaining(`Order ${older}: `),
    });
  });

  it('follows the events live, as user tail, by a queue that is gone afterwards', async () => {
    const tails = async (): Promise<number> => {
      const consumers = await management().get<Consumer[]>('consumers/order-events');
      return consumers.filter(({ channel_details }) => channel_details.user === 'tail').length;
    };
    const follow = async (...words: string[]): Promise<RunningCommand> => {
      const tail = new RunningCommand({}, ['tail', ...words], join(checkout.folder, 'tools', 'prepare.mjs'));
      await eventually(() => tail.lines.some((line) => line.startsWith('Following')), { within: 60_000 });
      return tail;
    };
    const typesSeen = (tail: RunningCommand, id: string) =>
      tail.lines.filter((line) => line.includes(id)).map((line) => line.split(/ +/)[1]);

    const ofOrders = await follow('order.*');
    const inEuro = await follow('--json', '--header', 'currency=EUR');
    const inDollars = await follow('--header', 'currency=USD');
    await eventually(async () => expect(await tails()).toBe(3));
    const [id = ''] = await place(1);
    await eventually(() => expect(typesSeen(ofOrders, id)).toEqual(['order.created', 'order.confirmed']));
    await eventually(() => expect(inEuro.lines.filter((line) => line.includes(id))).toHaveLength(2));
    for (const line of inEuro.lines.slice(1)) expect(JSON.parse(line)).toMatchObject({ specversion: '1.0' });
    expect(inDollars.lines).toHaveLength(1);
    for (const tail of [ofOrders, inEuro, inDollars]) {
      await tail.stop();
      expect(await tail.ended).toBe(0);
    }
    await eventually(async () => expect(await tails()).toBe(0));
  });

  it('stops a service for as long as one wants, and what it missed comes when it is back', async () => {
    const before = await textsSent();
    expect(await run('stop', 'sms')).toMatchObject([{ name: 'sms', state: 'stopped' }]);
    const ids = await place(20);
    await eventually(() => allConfirmed(ids));
    expect(await textsSent()).toBe(before);
    expect(await run('start', 'sms')).toMatchObject([{ state: 'running', restarts: 0 }]);
    await eventually(async () => expect(await textsSent()).toBe(before + 40));
  });

  it('starts again what is killed, and the suite runs on', async () => {
    const { pid } = (await statusOf('email')) ?? {};
    const ids = await place(10);
    await run('kill', 'email');
    await eventually(
      async () => expect(await statusOf('email')).toMatchObject({ state: 'running', restarts: 1 }),
      { within: 60_000, every: 500 },
    );
    expect((await statusOf('email'))?.pid).not.toBe(pid);
    await eventually(() => allConfirmed(ids));
    await eventually(async () => expect(await mailsOf(ids)).toBeGreaterThanOrEqual(20), { within: 60_000 });
  });

  it('restarts the broker under the services, and every order is decided', async () => {
    const { pid } = (await statusOf('rabbitmq')) ?? {};
    const ids = await place(200);
    expect(await run('restart', 'rabbitmq')).toMatchObject([{ state: 'running' }]);
    expect((await statusOf('rabbitmq'))?.pid).not.toBe(pid);
    await eventually(() => allConfirmed(ids), { within: 60_000 });
  });

  it('tells which queue an operator has unbound, and binds it again', async () => {
    const check = () => checkout.run('topology', {}, ['--check']);
    expect(await check()).toMatchObject({ code: 0 });
    const connection = await connect(suite.rabbitmqUrl);
    const channel = await connection.createChannel();
    await channel.unbindQueue('email.order_events', 'order_events', '#');
    await connection.close();
    const unbound = 'Queue email.order_events is not bound to order_events';
    expect(await check()).toEqual({ code: 1, output: expect.stringContaining(unbound) });
    expect(await checkout.run('topology')).toMatchObject({ code: 0 });
    expect(await check()).toMatchObject({ code: 0 });
  });

  it('holds a service still, and lets it run on', async () => {
    await run('pause', 'inventory');
    const [id = ''] = await place(1);
    expect(await statusOf('inventory')).toMatchObject({ state: 'paused' });
    expect(await read(`${suite.orderApiUrl}/orders/${id}`)).toMatchObject({ status: 'pending' });
    await run('resume', 'inventory');
    await eventually(() => allConfirmed([id]));
  });

  it('scales a service, whose processes share the work of its queue', async () => {
    const api = management();
    /** How many messages each consumer of inventory's queue has acknowledged. */
    const acknowledged = async (): Promise<number[]> => {
      const consumers = await api.get<Consumer[]>('consumers/order-events');
      const channels = await api.get<Channel[]>('vhosts/order-events/channels');
      return consumers
        .filter(({ queue }) => queue.name === queueName('inventory', ORDER_EVENTS))
        .map(({ channel_details }) => channels.find(({ name }) => name === channel_details.name))
        .map((channel) => channel?.message_stats?.ack ?? 0);
    };
    const replicas = await run('scale', 'inventory=3');
    expect(replicas.map((replica) => replica.name)).toEqual(['inventory', 'inventory-2', 'inventory-3']);
    await eventually(async () => expect(await acknowledged()).toHaveLength(3));
    const ids = await place(30);
    await eventually(() => allConfirmed(ids));
    await eventually(async () => expect(Math.min(...(await acknowledged()))).toBeGreaterThan(0));
    expect(await run('scale', 'inventory=1')).toHaveLength(1);
    await eventually(async () => expect(await acknowledged()).toHaveLength(1));
  });

  it.each([
    [['stop', 'fax'], 1, 'There is no "fax" in this suite. There are order-api,'],
    [['stop'], 2, '"stop" takes one name.'],
    [['explode'], 1, 'There is no command "explode".'],
    [['explode', 'email'], 1, 'There is no command "explode".'],
    [['resume', 'email'], 1, 'email is not paused.'],
    [['scale', 'mail=2'], 1, 'Only these can be scaled: order-api,'],
    [['scale', 'email=0'], 1, 'A service can have 1 to 20 processes'],
  ])('says what is wrong with %j', async (words, code, text) => {
    expect(await checkout.run('suite', {}, words)).toEqual({ code, output: expect.stringContaining(text) });
  });

  it('begins anew after the launcher itself was killed, with nothing left over and nothing lost', async () => {
    const ids = await place(20);
    const before = await run();
    await checkout.kill();
    const services = before.filter(({ name }) => !['rabbitmq', 'postgres', 'mail'].includes(name));
    await eventually(() => expect(services.filter(({ pid }) => isAlive(pid))).toEqual([]), {
      within: 15_000,
    });
    const { code, output } = await checkout.run('suite');
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(/was killed.*still run: .*down/),
    });
    suite = await checkout.start();
    const pids = (await run()).map(({ pid }) => pid);
    expect(before.filter(({ pid }) => pids.includes(pid) || isAlive(pid))).toEqual([]);
    await eventually(() => allConfirmed(ids), { within: 60_000 });
  });

  it('goes down, and then says that nothing runs', async () => {
    const before = await run();
    expect(await checkout.run('suite', {}, ['down'])).toMatchObject({ code: 0 });
    expect(before.filter(({ pid }) => isAlive(pid))).toEqual([]);
    const { code, output } = await checkout.run('suite');
    expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('npm start') });
  });
});

function isAlive(pid: number | undefined): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
}
