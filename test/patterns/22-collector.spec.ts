import type { Channel, ConsumeMessage } from 'amqplib';
import { eventually } from '../../infra/eventually';
import { numbers, openLesson } from '../support/patterns/lesson';
import { duration, tell, tellTable, timed } from '../support/patterns/story';
import { TestDatabase } from '../support/test-database';

const EVENTS = 500;

/** Writes events into a table. A batch is what has arrived while the one before was written: it waits for nothing. */
class Collector {
  readonly batches: number[] = [];
  private waiting: ConsumeMessage[] = [];
  private writing = Promise.resolve();

  constructor(
    private readonly channel: Channel,
    private readonly database: TestDatabase,
  ) {}

  /** At most `prefetch` events are in a batch, since the broker sends no more before they are acknowledged. */
  async start(queue: string, prefetch: number): Promise<void> {
    await this.channel.prefetch(prefetch);
    await this.channel.consume(queue, (message) => {
      if (message === null) return;
      this.waiting.push(message);
      this.writing = this.writing.then(() => this.write());
    });
  }

  private async write(): Promise<void> {
    const batch = this.waiting;
    const last = batch.at(-1);
    if (last === undefined) return;
    this.waiting = [];
    const ids = batch.map(({ properties }) => String(properties.messageId));
    // One statement for the whole batch. An event that was written before is there already, and stays as it is.
    await this.database.query('insert into events select unnest($1::text[]) on conflict do nothing', [ids]);
    // After the commit, and for all messages up to this one.
    this.channel.ack(last, true);
    this.batches.push(batch.length);
  }
}

describe('22 A collector', () => {
  const lesson = openLesson();
  let database: TestDatabase;

  beforeAll(async () => {
    database = await TestDatabase.create();
  });
  beforeEach(() => database.query('create table events (id text primary key)'));
  afterEach(() => database.query('drop table events'));
  afterAll(() => database.drop());

  const rows = async (): Promise<number> => (await database.query('select * from events')).length;

  const publish = async (queue: string): Promise<void> => {
    const channel = await lesson.channel();
    await channel.assertQueue(queue);
    for (const messageId of numbers(1, EVENTS)) channel.sendToQueue(queue, Buffer.from('{}'), { messageId });
    await channel.waitForConfirms();
  };

  const collect = async (queue: string, prefetch: number) => {
    await publish(queue);
    const channel = await lesson.channel();
    const acknowledge = jest.spyOn(channel, 'ack');
    const collector = new Collector(channel, database);
    const ms = await timed(async () => {
      await collector.start(queue, prefetch);
      const written = (): number => collector.batches.reduce((sum, size) => sum + size, 0);
      await eventually(() => written() === EVENTS, { every: 5, within: 60_000 });
    });
    expect(await rows()).toBe(EVENTS);
    return { ms, batches: collector.batches, acknowledgements: acknowledge.mock.calls.length };
  };

  it('writes what has arrived by one statement, and acknowledges all of it at once', async () => {
    const single = await collect('one-by-one', 1);
    await database.query('truncate events');
    const batched = await collect('in-batches', 200);
    tellTable([
      [`${EVENTS} events`, 'time', 'statements', 'largest batch'],
      ['prefetch 1', duration(single.ms), single.batches.length, Math.max(...single.batches)],
      ['prefetch 200', duration(batched.ms), batched.batches.length, Math.max(...batched.batches)],
    ]);
    expect(single.batches.length).toBe(EVENTS);
    expect(batched.batches.length).toBeLessThan(EVENTS / 2);
    expect(batched.acknowledgements).toBe(batched.batches.length);
    expect(Math.max(...batched.batches)).toBeLessThanOrEqual(200);
    expect(batched.ms).toBeLessThan(single.ms);
  });

  it('writes each event once, though a batch comes again because the collector died before it acknowledged', async () => {
    await publish('repeated');
    const connection = await lesson.connect();
    const dying = await connection.createChannel();
    // It commits, and dies: the broker never hears of it.
    jest.spyOn(dying, 'ack').mockReturnValue();
    const first = new Collector(dying, database);
    await first.start('repeated', 200);
    await eventually(async () => expect(await rows()).toBe(200));
    await connection.close();

    const { batches } = await restarted('repeated');
    const delivered = batches.reduce((sum, size) => sum + size, 0);
    tell(
      `200 events were written and not acknowledged; delivered afterwards: ${delivered}; rows: ${await rows()}`,
    );
    expect(delivered).toBe(EVENTS);
    expect(await rows()).toBe(EVENTS);
  });

  const restarted = async (queue: string): Promise<Collector> => {
    const collector = new Collector(await lesson.channel(), database);
    await collector.start(queue, 200);
    await eventually(() => collector.batches.reduce((sum, size) => sum + size, 0) === EVENTS);
    return collector;
  };
});
