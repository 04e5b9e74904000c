import type { Registry } from 'prom-client';

type Labels = Readonly<Record<string, string>>;

interface Series {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

const SERIES = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/**
 * What a service said when it was scraped.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export class Scrape {
  private readonly series: readonly Series[];

  constructor(text: string) {
    this.series = text.split('\n').flatMap(seriesIn);
  }

  /** Of a running service. */
  static async of(url: string): Promise<Scrape> {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(15_000) });
    if (!response.ok) throw new Error(`${url}/metrics: ${response.status} ${await response.text()}`);
    return new Scrape(await response.text());
  }

  /** Of an app in this process. */
  static async from(registry: Registry): Promise<Scrape> {
    return new Scrape(await registry.metrics());
  }

  get names(): ReadonlySet<string> {
    return new Set(this.series.map(({ name }) => name));
  }

  /** The sum of all series with that name and those labels, whatever other labels they have; undefined where there is none. */
  sum(name: string, labels: Labels = {}): number | undefined {
    const found = this.series.filter((one) => one.name === name && has(one.labels, labels));
    return found.length === 0 ? undefined : found.reduce((sum, { value }) => sum + value, 0);
  }

  /** The sums of each value of a label: `{ handled: 12, dead: 1 }`. */
  by(label: string, name: string, labels: Labels = {}): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const one of this.series.filter((any) => any.name === name && has(any.labels, labels))) {
      const value = one.labels[label] ?? '';
      sums[value] = (sums[value] ?? 0) + one.value;
    }
    return sums;
  }
}

const has = (labels: Labels, wanted: Labels): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

function seriesIn(line: string): Series[] {
  const [, name, labels = '', value] = SERIES.exec(line) ?? [];
  if (name === undefined) return [];
  const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text]);
  return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
}
