import { Delivery, Semaphore } from '@app/amqp';
import { DatabaseUnavailable } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../../infra/eventually';
import { deliveryOf } from '../../../../test/support/deliveries';
import { DatabaseOutage } from '../outage/database-outage';
import { AfterOutage } from './after-outage';
import { OneByOne } from './one-by-one';

describe(AfterOutage.name, () => {
  const givenBack: string[] = [];
  const channel = {
    isOpen: true,
    acknowledge: () => undefined,
    giveBack: ({ content }: { content: Buffer }) => void givenBack.push(content.toString()),
  };
  const consumer = { queue: 'queue', pause: () => Promise.resolve(), resume: () => undefined };
  const database = { isAvailable: () => Promise.resolve(true), whenAvailable: () => Promise.resolve() };
  const messageOf = (text: string) => deliveryOf(text, channel);

  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  it('gives back what waits when it is stopped, and holds up no message', async () => {
    const outage = new DatabaseOutage(consumer, database);
    const tried: string[] = [];
    const pipeline = (deliveries: readonly Delivery[]) => {
      tried.push(...deliveries.map(({ content }) => content.toString()));
      return outage.outcomesAfter(new DatabaseUnavailable(), deliveries);
    };
    const sut = new AfterOutage(outage, pipeline, (usual) => new OneByOne(usual, new Semaphore(10)));
    await sut.take(messageOf('a'));
    await eventually(() => outage.isTrying);
    const waiting = ['b', 'c'].map((text) => sut.take(messageOf(text)));
    await eventually(() => tried.includes('b'));
    sut.stop();
    await Promise.all([...waiting, sut.take(messageOf('d'))]);
    expect(tried).toEqual(['a', 'b']);
    expect(givenBack.sort()).toEqual(['b', 'c', 'd']);
  });
});
