import { alternate, whileRunning, type Bench } from '../bench';
import { closedLoop } from '../measuring/load';

const CONNECTIONS = 64;

/** Orders are taken, and no service consumes their events. */
export async function intake(bench: Bench): Promise<void> {
  const { ours, before, limit, otherLimits, usual, programs, results, sized } = bench;
  const contestants = [ours, ...(before === undefined ? [] : [before]), usual, ...otherLimits, limit];
  await alternate(bench.turns, contestants, async (contestant) => {
    await contestant.startIntake();
    await whileRunning(contestant, async () => {
      const { url } = contestant;
      await closedLoop(programs, { url, connections: CONNECTIONS, seconds: sized(1, 3) });
      const plan = { url, connections: CONNECTIONS, seconds: sized(3, 10) };
      const { accepted, refused, seconds, p50, p99 } = await closedLoop(programs, plan);
      const figures = { 'accepted/s': accepted / seconds, 'p50 ms': p50, 'p99 ms': p99, refused };
      results.add('Intake alone', contestant === limit ? 'bare, group' : contestant.name, figures);
    });
  });
}
