import { Registry } from 'prom-client';
import { eventually } from '../../../../infra/eventually';
import { Scrape } from '../../../../test/support/scrape';
import { gaugesAtScrape } from './gauges-at-scrape';

describe(gaugesAtScrape.name, () => {
  let registry: Registry;
  let reads: number;
  let answer: () => Promise<{ events: number; age: number }>;

  beforeEach(() => {
    registry = new Registry();
    reads = 0;
    answer = () => Promise.resolve({ events: 7, age: 1.5 });
    gaugesAtScrape(registry, { events: 'Events.', age: 'Their age.' }, () => {
      reads += 1;
      return answer();
    });
  });

  const figures = async () => {
    const scrape = await Scrape.from(registry);
    return [scrape.sum('events'), scrape.sum('age')];
  };

  it('reads once for all figures of a scrape, and anew for the next one', async () => {
    await expect(figures()).resolves.toEqual([7, 1.5]);
    answer = () => Promise.resolve({ events: 0, age: 0 });
    await expect(figures()).resolves.toEqual([0, 0]);
    expect(reads).toBe(2);
  });

  it('leaves out what it cannot read, and does not show the figures of before', async () => {
    await figures();
    answer = () => Promise.reject(new Error('no database'));
    await expect(figures()).resolves.toEqual([undefined, undefined]);
    answer = () => Promise.resolve({ events: 1, age: 1 });
    await expect(figures()).resolves.toEqual([1, 1]);
  });

  it('lets no scrape wait for a read that hangs, and begins no second one', async () => {
    let end = (_: { events: number; age: number }): void => undefined;
    answer = () => new Promise((resolve) => (end = resolve));
    const nothing = [undefined, undefined];
    const began = performance.now();
    await expect(Promise.all([figures(), figures()])).resolves.toEqual([nothing, nothing]);
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(reads).toBe(1);
    end({ events: 3, age: 3 });
    answer = () => Promise.resolve({ events: 4, age: 4 });
    await eventually(async () => expect(await figures()).toEqual([4, 4]));
  });
});
