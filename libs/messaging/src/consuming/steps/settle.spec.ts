import { ConsumerChannel, Delivery } from '@app/amqp';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { Settle } from './settle';

describe(Settle.name, () => {
  const sut = new Settle();
  let settled: string[];
  let deliveries: Delivery[];

  beforeEach(() => {
    settled = [];
    const channel: Pick<ConsumerChannel, 'acknowledge' | 'giveBack' | 'isOpen'> = {
      isOpen: true,
      acknowledge: ({ content }) => void settled.push(`${content.toString()} acknowledged`),
      giveBack: ({ content }) => void settled.push(`${content.toString()} given back`),
    };
    deliveries = ['a', 'b'].map((text) => deliveryOf(text, channel));
  });

  it('acknowledges what is done, and gives back the rest, once all else is over', async () => {
    const outcomes = await sut.handle(deliveries, () => {
      expect(settled).toEqual([]);
      return Promise.resolve(['done', 'give back']);
    });
    expect(settled).toEqual(['a acknowledged', 'b given back']);
    expect(outcomes).toEqual(['done', 'give back']);
  });

  it('acknowledges also what is done with in another way', async () => {
    await sut.handle(deliveries, () => Promise.resolve(['dead', 'repeated']));
    expect(settled).toEqual(['a acknowledged', 'b acknowledged']);
  });

  it('leaves alone what this process tries again', async () => {
    await sut.handle(deliveries, () => Promise.resolve(['try again', 'give back']));
    expect(settled).toEqual(['b given back']);
  });

  it('gives everything back when a step behind it breaks its contract and rejects', async () => {
    await sut.handle(deliveries, () => Promise.reject(new Error('a bug')));
    expect(settled).toEqual(['a given back', 'b given back']);
  });
});
