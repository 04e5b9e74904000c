import { Delivery } from '@app/amqp';
import { deliveryOf } from '../../../../test/support/deliveries';
import { latch } from '../../../../test/support/messaging-harness';
import { Batches } from './batches';

describe(Batches.name, () => {
  const givenBack: string[] = [];
  const channel = {
    isOpen: true,
    acknowledge: () => undefined,
    giveBack: ({ content }: { content: Buffer }) => void givenBack.push(content.toString()),
  };
  const handled: string[][] = [];
  let hold: Promise<void>;
  const sut = (largest: number) =>
    new Batches(async (deliveries) => {
      handled.push(deliveries.map(({ content }: Delivery) => content.toString()));
      await hold;
      return deliveries.map(() => 'done');
    }, largest);
  const messages = (...texts: string[]) => texts.map((text) => deliveryOf(text, channel));

  beforeEach(() => {
    givenBack.length = handled.length = 0;
    hold = Promise.resolve();
  });

  it('handles together what has arrived together', async () => {
    const batches = sut(10);
    await Promise.all(messages('a', 'b', 'c').map((message) => batches.take(message)));
    expect(handled).toEqual([['a', 'b', 'c']]);
  });

  it('handles next what has arrived while a batch was handled', async () => {
    const { held, release } = latch();
    hold = held;
    const batches = sut(10);
    const taken = messages('a').map((message) => batches.take(message));
    await new Promise(setImmediate);
    taken.push(...messages('b', 'c').map((message) => batches.take(message)));
    expect(handled).toEqual([['a']]);
    release();
    await Promise.all(taken);
    expect(handled).toEqual([['a'], ['b', 'c']]);
  });

  it('lets go of a message when its batch has ended, while the next one runs', async () => {
    const [first, second] = [latch(), latch()];
    hold = first.held;
    const batches = sut(10);
    const [taken] = messages('a').map((message) => batches.take(message));
    await new Promise(setImmediate);
    hold = second.held;
    const [next] = messages('b').map((message) => batches.take(message));
    first.release();
    await taken;
    expect(handled).toEqual([['a'], ['b']]);
    second.release();
    await next;
  });

  it('takes no more into a batch than it may', async () => {
    const batches = sut(2);
    await Promise.all(messages('a', 'b', 'c').map((message) => batches.take(message)));
    expect(handled).toEqual([['a', 'b'], ['c']]);
  });

  it('ends the running batch on a stop, and gives back what was only gathered or comes later', async () => {
    const { held, release } = latch();
    hold = held;
    const batches = sut(10);
    const [a, b, c, d] = messages('a', 'b', 'c', 'd');
    const taken = [a, b].map((message) => message && batches.take(message));
    await new Promise(setImmediate);
    const gathered = c && batches.take(c);
    batches.stop();
    expect(givenBack).toEqual(['c']);
    const late = d && batches.take(d);
    expect(givenBack).toEqual(['c', 'd']);
    release();
    await Promise.all([...taken, gathered, late]);
    expect(handled).toEqual([['a', 'b']]);
  });
});
