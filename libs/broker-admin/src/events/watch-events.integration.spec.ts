import { INVENTORY_EVENTS, ORDER_EVENTS, ORDER_HEADERS, ORDER_TOPICS } from '@app/contracts';
import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { eventually } from '../../../../infra/eventually';
import { TestVhost } from '../../../../test/support/test-vhost';
import { applyTopology } from '../topology/apply-topology';
import { type Selection, watchEvents } from './watch-events';

interface ListedQueue {
  readonly name: string;
  readonly exclusive: boolean;
  readonly arguments: object;
}

describe(watchEvents.name, () => {
  let vhost: TestVhost;
  let stranger: ChannelModel;
  let channel: ConfirmChannel;
  let stop: AbortController;
  let ended: Promise<void>;
  let seen: string[];

  const watch = async (...selections: Selection[]): Promise<void> => {
    let watching = false;
    ended = watchEvents(vhost.url, {
      selections,
      onMessage: ({ content }) => seen.push(String(content)),
      onWatching: () => (watching = true),
      onInterrupted: () => seen.push('interrupted'),
      stop: stop.signal,
    });
    await Promise.race([ended, eventually(() => watching)]);
  };
  const publish = async (exchange: string, type: string, headers: object = {}): Promise<void> => {
    channel.publish(exchange, type, Buffer.from(`${type} ${JSON.stringify(headers)}`), { headers });
    await channel.waitForConfirms();
  };
  const ownQueues = async (): Promise<ListedQueue[]> => {
    const queues: ListedQueue[] = await vhost.get('queues/{vhost}');
    return queues.filter(({ name }) => name.startsWith('amq.gen-'));
  };

  beforeAll(async () => {
    vhost = await TestVhost.create();
    await applyTopology(vhost.url);
    stranger = await connect(vhost.url);
    channel = await stranger.createConfirmChannel();
  });
  afterAll(async () => {
    await stranger.close();
    await vhost.drop();
  });
  beforeEach(() => {
    stop = new AbortController();
    seen = [];
  });
  afterEach(async () => {
    stop.abort();
    await ended;
    await eventually(async () => expect(await ownQueues()).toEqual([]));
  });

  it('sees what fits a pattern, once, and nothing else', async () => {
    await watch(
      { exchange: ORDER_TOPICS, bindingKey: 'order.*' },
      { exchange: ORDER_TOPICS, bindingKey: '*.created' },
      { exchange: INVENTORY_EVENTS, bindingKey: 'stock.rejected' },
    );
    await publish(INVENTORY_EVENTS.name, 'stock.reserved');
    await publish(ORDER_EVENTS.name, 'order.created');
    await publish(INVENTORY_EVENTS.name, 'stock.rejected');
    await eventually(() => expect(seen).toEqual(['order.created {}', 'stock.rejected {}']));
  });

  it('sees what has all of the headers, and nothing else', async () => {
    await watch({ exchange: ORDER_HEADERS, headers: { currency: 'EUR', colour: 'red' } });
    await publish(ORDER_EVENTS.name, 'order.created', { currency: 'USD', colour: 'red' });
    await publish(ORDER_EVENTS.name, 'order.created', { currency: 'EUR' });
    await publish(ORDER_EVENTS.name, 'order.created', { currency: 'EUR', colour: 'red', size: 7 });
    await eventually(() => expect(seen).toEqual([expect.stringContaining('"size":7')]));
  });

  it('has a queue of its own, which drops its oldest messages beyond 10,000', async () => {
    await watch({ exchange: ORDER_TOPICS, bindingKey: '#' });
    expect(await ownQueues()).toMatchObject([
      { exclusive: true, arguments: { 'x-max-length': 10_000, 'x-overflow': 'drop-head' } },
    ]);
  });
});
