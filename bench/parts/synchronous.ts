import { whileRunning, type Bench } from '../bench';
import type { Contestant } from '../contestants/contestant';
import { closedLoop, steady } from '../measuring/load';
import { percentile } from '../report/statistics';

const RATES = [10, 20, 40, 80, 160, 320];
const PATIENCE_MS = 2_000;
const WARM_UP = { connections: 4, orders: 40 };

/** The same work inside the request, with providers that take their time: how many callers get their answer, and after how long. */
export async function synchronous(bench: Bench): Promise<void> {
  const { ours, synchronous: inside, results } = bench;
  const shares = [];
  const times = [];
  for (const contestant of [ours, inside]) {
    await contestant.start('slow');
    const answered: [number, number][] = [];
    const slowest: [number, number][] = [];
    await whileRunning(contestant, async () => {
      await closedLoop(bench.programs, { url: contestant.url, ...WARM_UP });
      for (const rate of RATES) {
        const { share, p99 } = await measure(bench, contestant, rate);
        answered.push([rate, share]);
        slowest.push([rate, p99]);
        results.add('Asynchronous or not', `${contestant.name}, ${rate} orders/s`, {
          'answered in 2 s, %': share,
          'p99 ms': p99,
        });
      }
    });
    shares.push({ name: contestant.name, points: answered });
    times.push({ name: contestant.name, points: slowest });
  }
  const x = 'orders a second';
  results.draw('synchronous-answered', { title: 'Answered within 2 s', x, y: '%', lines: shares });
  results.draw('synchronous-p99', { title: 'The slowest of a hundred', x, y: 'ms', lines: times });
}

async function measure(
  { programs, sized }: Bench,
  { url }: Contestant,
  rate: number,
): Promise<{ share: number; p99: number }> {
  const plan = { url, rate, seconds: sized(3, 15), patienceMs: PATIENCE_MS };
  const { placed, answers } = await steady(programs, plan);
  // A customer who gave up has waited that long.
  const waits = [...answers, ...Array.from({ length: placed - answers.length }, () => PATIENCE_MS)];
  return { share: (100 * answers.length) / placed, p99: percentile(waits, 0.99) };
}
