import { alternate, whileRunning, type Bench } from '../bench';
import type { Contestant, Sends } from '../contestants/contestant';
import { closedLoop, steady } from '../measuring/load';
import { allDecided } from '../measuring/settled';
import { percentile } from '../report/statistics';

const RATE = 100;
const PATIENCE_MS = 60_000;
const WARM_UP = { connections: 16, orders: 300 };

/** How long an order takes while the load is moderate: until it is accepted, and until its decision is published. */
export async function latency(bench: Bench): Promise<void> {
  const { ours, before, limit, usual } = bench;
  const services = [ours, ...(before === undefined ? [] : [before]), usual];
  const entries: readonly (readonly [Contestant, Sends])[] = [
    ...services.map((contestant) => [contestant, 'counting'] as const),
    [limit, 'inside'],
  ];
  await alternate(bench.turns, entries, async ([contestant, sends]) => {
    await contestant.start(sends);
    await whileRunning(contestant, () => measure(bench, contestant));
  });
}

async function measure({ programs, results, sized }: Bench, contestant: Contestant): Promise<void> {
  const { url, rabbitmqUrl } = contestant;
  await closedLoop(programs, { url, ...WARM_UP });
  await allDecided(contestant);
  const plan = { url, rabbitmqUrl, rate: RATE, seconds: sized(5, 30), patienceMs: PATIENCE_MS };
  const { placed, answers, decisions } = await steady(programs, plan);
  results.add(`Latency at ${RATE} orders a second, in milliseconds`, contestant.name, {
    'accepted p50': percentile(answers, 0.5),
    'accepted p99': percentile(answers, 0.99),
    'decided p50': percentile(decisions, 0.5),
    'decided p99': percentile(decisions, 0.99),
    'not decided': placed - decisions.length,
  });
}
