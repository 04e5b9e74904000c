import { Semaphore } from '@app/amqp';
import { deliveryOf } from '../../../../test/support/deliveries';
import { latch } from '../../../../test/support/messaging-harness';
import { OneByOne } from './one-by-one';

describe(OneByOne.name, () => {
  const givenBack: string[] = [];
  const channel = {
    isOpen: true,
    acknowledge: () => undefined,
    giveBack: ({ content }: { content: Buffer }) => void givenBack.push(content.toString()),
  };
  const begun: string[] = [];
  let hold: ReturnType<typeof latch>;
  const sut = (slots: number) =>
    new OneByOne(async (deliveries) => {
      begun.push(...deliveries.map(({ content }) => content.toString()));
      await hold.held;
      return deliveries.map(() => 'done');
    }, new Semaphore(slots));
  const messages = (...texts: string[]) => texts.map((text) => deliveryOf(text, channel));

  beforeEach(() => {
    givenBack.length = begun.length = 0;
    hold = latch();
  });

  it('lets as many in at once as there are slots, and the next when one has ended', async () => {
    const entrance = sut(2);
    const taken = messages('a', 'b', 'c').map((message) => entrance.take(message));
    await new Promise(setImmediate);
    expect(begun).toEqual(['a', 'b']);
    hold.release();
    await Promise.all(taken);
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('lets what has begun go on when it is stopped, and gives back what waits or comes later', async () => {
    const entrance = sut(1);
    const taken = messages('a', 'b').map((message) => entrance.take(message));
    await new Promise(setImmediate);
    entrance.stop();
    taken.push(...messages('c').map((message) => entrance.take(message)));
    expect(givenBack).toEqual(['b', 'c']);
    hold.release();
    await Promise.all(taken);
    expect(begun).toEqual(['a']);
  });
});
