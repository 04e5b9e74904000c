import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';

/** The longest that a scrape waits for figures from elsewhere; Prometheus itself waits 10 s for the whole scrape. */
const DEADLINE_MS = 2_000;

type Figures<Name extends string> = Readonly<Record<Name, number>>;

/**
 * Gauges whose figures are read together, such as by one SQL statement, when they are scraped. There is one read at a time, however
 * many scrape. Where it fails, or takes longer than 2 s, the gauges are left out: an old figure or a zero would be wrong.
 * @param help of each gauge, by its name
 */
export function gaugesAtScrape<Name extends string>(
  registry: Registry,
  help: Readonly<Record<Name, string>>,
  read: () => Promise<Figures<Name>>,
): void {
  const logger = new Logger(gaugesAtScrape.name);
  let reading: Promise<Figures<Name> | undefined> | undefined;
  const figures = (): Promise<Figures<Name> | undefined> => {
    reading ??= read()
      .catch((error: unknown) => {
        logger.debug(error);
        return undefined;
      })
      .finally(() => (reading = undefined));
    return Promise.race([reading, sleep(DEADLINE_MS, undefined, { ref: false })]);
  };
  for (const name in help) {
    new Gauge({
      name,
      help: help[name],
      registers: [registry],
      async collect() {
        const figure = (await figures())?.[name];
        if (figure === undefined) this.remove();
        else this.set(figure);
      },
    });
  }
}
