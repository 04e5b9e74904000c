import { BrokerUnreachable } from '@app/amqp';
import { type Alert, EMAIL_TASKS, OPS_ALERTS, type Severity } from '@app/contracts';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { TestVhost } from '../../../../test/support/test-vhost';
import { eventually } from '../../../../infra/eventually';
import { TcpProxy } from '../../../../test/support/tcp-proxy';
import { type AlertWatch, watchAlerts } from './watch-alerts';

const alert = (severity: Severity, text = 'It is low.'): Alert => ({
  severity,
  service: 'inventory',
  code: 'STOCK_LOW',
  text,
  at: '2026-03-01T12:00:00.000Z',
});

describe(watchAlerts.name, () => {
  let vhost: TestVhost;
  let proxy: TcpProxy;
  let stranger: ChannelModel;
  let channel: Channel;
  let stop: AbortController;
  let ended: Promise<void>;
  let told: (Alert | 'watching' | 'interrupted')[];

  const raise = (one: Alert) =>
    channel.publish(OPS_ALERTS.name, one.severity, Buffer.from(JSON.stringify(one)));
  const start = (...severities: AlertWatch['severities']) => {
    ended = watchAlerts(proxy.through(vhost.url), {
      severities,
      onAlert: (one) => told.push(one),
      onWatching: () => told.push('watching'),
      onInterrupted: () => told.push('interrupted'),
      stop: stop.signal,
      backlog: { lookEveryMs: 50, afterMs: 200 },
    });
  };
  const watch = async (...severities: AlertWatch['severities']) => {
    start(...severities);
    await eventually(() => expect(told).toEqual(['watching']));
  };

  beforeEach(async () => {
    vhost = await TestVhost.create();
    proxy = await TcpProxy.to(vhost.url);
    stranger = await connect(vhost.url);
    channel = await stranger.createChannel();
    await channel.assertExchange(OPS_ALERTS.name, OPS_ALERTS.type);
    stop = new AbortController();
    told = [];
  });

  afterEach(async () => {
    stop.abort();
    await ended.catch(() => undefined);
    proxy.close();
    await stranger.close();
    await vhost.drop();
  });

  it('tells of the severities that were asked for, and of no other', async () => {
    await watch('warning', 'error');
    for (const severity of ['info', 'error', 'info', 'warning'] as const) raise(alert(severity));
    await eventually(() => expect(told).toEqual(['watching', alert('error'), alert('warning')]));
  });

  it('tells of what is no alert, as far as it can be understood', async () => {
    await watch('error');
    channel.publish(OPS_ALERTS.name, 'error', Buffer.from('help'), { appId: 'shop' });
    await eventually(() =>
      expect(told.at(-1)).toMatchObject({
        severity: 'error',
        service: 'shop',
        code: 'unknown',
        text: 'help',
      }),
    );
  });

  it('comes back when the broker was away', async () => {
    await watch('error');
    proxy.cut();
    await eventually(() => expect(told).toEqual(['watching', 'interrupted']));
    proxy.restore();
    await eventually(() => expect(told).toEqual(['watching', 'interrupted', 'watching']));
    raise(alert('error'));
    await eventually(() => expect(told.at(-1)).toEqual(alert('error')));
  });

  it('tells of a work queue that has tasks and no consumer, once', async () => {
    await channel.assertQueue(EMAIL_TASKS);
    channel.sendToQueue(EMAIL_TASKS, Buffer.from('{}'));
    await watch('warning');
    await eventually(() =>
      expect(told.at(-1)).toMatchObject({
        severity: 'warning',
        code: 'QUEUE_BACKLOG',
        text: 'email_tasks has 1 messages and no consumer, for more than 0.2 s',
      }),
    );
    await channel.purgeQueue(EMAIL_TASKS);
    raise(alert('warning'));
    await eventually(() => expect(told.slice(2)).toEqual([alert('warning')]));
  });

  it('ends when it is told to, and leaves no queue behind', async () => {
    await watch('error');
    stop.abort();
    await ended;
    await eventually(async () => expect(await vhost.get('queues/{vhost}')).toEqual([]));
  });

  it('fails when there is no broker from the start', async () => {
    proxy.cut();
    start('error');
    await expect(ended).rejects.toThrow(BrokerUnreachable);
    expect(told).toEqual([]);
  });
});
