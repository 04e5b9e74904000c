import { AmqpConnection } from '@golevelup/nestjs-rabbitmq';
import { type Needed, TopologyCheck } from '@app/amqp';
import { PublishedExchange } from './published-exchange';

/** Answers without a broker, and counts how often it is asked. */
class KnownTopology extends TopologyCheck {
  asked = 0;
  readonly gone = new Set<string>();

  constructor() {
    super(new AmqpConnection({ uri: 'amqp://127.0.0.1' }));
  }

  override missing({ exchanges = [], queues = [] }: Needed): Promise<string[]> {
    this.asked += 1;
    return Promise.resolve([...exchanges, ...queues].filter((name) => this.gone.has(name)));
  }
}

describe(PublishedExchange.name, () => {
  let queues: KnownTopology;
  let sut: PublishedExchange;
  let told: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    queues = new KnownTopology();
    told = [];
    sut = new PublishedExchange(
      'order_events',
      ['email.order_events', 'sms.order_events'],
      queues,
      (reason) => told.push(reason),
    );
  });
  afterEach(() => {
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  const after = (milliseconds: number): Promise<boolean> => {
    jest.advanceTimersByTime(milliseconds);
    return sut.mayBePublishedTo();
  };

  it('may be published to while every queue is there', async () => {
    await expect(sut.mayBePublishedTo()).resolves.toBe(true);
  });

  it('looks at the queues at most every second', async () => {
    await sut.mayBePublishedTo();
    await after(999);
    expect(queues.asked).toBe(1);
    await after(1);
    expect(queues.asked).toBe(2);
  });

  it('looks again at once after a reconnect', async () => {
    await sut.mayBePublishedTo();
    sut.recheck();
    queues.gone.add('sms.order_events');
    await expect(sut.mayBePublishedTo()).resolves.toBe(false);
  });

  it('is paused while one of the queues is missing, and says which and what to do', async () => {
    queues.gone.add('sms.order_events');
    await expect(sut.mayBePublishedTo()).resolves.toBe(false);
    expect(told).toEqual([
      expect.stringMatching(/order_events .* missing on the broker: sms\.order_events; .*npm run topology/),
    ]);
  });

  it('is paused for two more seconds once all queues are there: the last of them may not be bound yet', async () => {
    queues.gone.add('sms.order_events');
    await sut.mayBePublishedTo();
    queues.gone.clear();
    await expect(after(999)).resolves.toBe(false);
    expect(queues.asked).toBe(1);
    await expect(after(1)).resolves.toBe(false);
    expect(queues.asked).toBe(2);
    await expect(after(1_999)).resolves.toBe(false);
    await expect(after(1)).resolves.toBe(true);
    expect(queues.asked).toBe(3);
  });

  it('is paused after a refusal, and for longer after the next', async () => {
    for (const pauseMs of [1_000, 2_000]) {
      sut.pause('refused');
      await expect(after(pauseMs - 1)).resolves.toBe(false);
      await expect(after(1)).resolves.toBe(true);
    }
  });

  it('counts the refusals of one batch as one', async () => {
    for (const _message of [1, 2, 3]) sut.pause('refused');
    await expect(after(1_000)).resolves.toBe(true);
    expect(told).toHaveLength(1);
  });

  it('is paused for a short time again once something went through', async () => {
    sut.pause('refused');
    await after(1_000);
    sut.pause('refused');
    await after(2_000);
    sut.wentThrough();
    sut.pause('refused');
    await expect(after(1_000)).resolves.toBe(true);
  });

  it('takes one message after a refusal, and one more once all of a batch went through', () => {
    sut.pause('refused');
    expect(sut.batchSize).toBe(1);
    sut.allWentThrough();
    expect(sut.batchSize).toBe(2);
  });

  it('looks again after a batch, and is paused where a queue has gone meanwhile', async () => {
    await sut.mayBePublishedTo();
    await expect(sut.reachedAll()).resolves.toBe(true);
    queues.gone.add('sms.order_events');
    await expect(sut.reachedAll()).resolves.toBe(false);
    await expect(sut.mayBePublishedTo()).resolves.toBe(false);
    expect(told).toEqual([expect.stringContaining('sms.order_events')]);
  });

  it('looks at the queues anew after a pause', async () => {
    await sut.mayBePublishedTo();
    sut.pause('refused');
    await after(1_000);
    expect(queues.asked).toBe(2);
  });
});
