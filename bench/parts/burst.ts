import { setTimeout as sleep } from 'node:timers/promises';
import { whileRunning, type Bench } from '../bench';
import type { Contestant, Sends } from '../contestants/contestant';
import { closedLoop } from '../measuring/load';
import { allDecided, allTold } from '../measuring/settled';
import type { Line } from '../report/chart';

const CLIENTS = 5;
const CONNECTIONS_OF_EACH = 13;
const SAMPLE_EVERY_MS = 1_000;
const WARM_UP = { connections: 64, orders: 500 };

/** Many orders at once, and how long it takes until all is quiet again. Each contestant once, whatever the count of turns. */
export async function burst(bench: Bench): Promise<void> {
  const { ours, before, limit, usual, sized } = bench;
  const orders = sized(400, 20_000);
  const entries: readonly (readonly [Contestant, Sends])[] = [
    [limit, 'inside'],
    [ours, 'counting'],
    ...(before === undefined ? [] : [[before, 'counting'] as const]),
    [usual, 'counting'],
  ];
  for (const [contestant, sends] of entries) {
    await contestant.start(sends);
    await whileRunning(contestant, () => measure(bench, contestant, orders));
  }
}

async function measure({ programs, results }: Bench, contestant: Contestant, orders: number): Promise<void> {
  const { url } = contestant;
  await closedLoop(programs, { url, ...WARM_UP });
  await allTold(contestant, WARM_UP.orders);
  const depths = new Depths(contestant);
  const plan = { url, clients: CLIENTS, connections: CONNECTIONS_OF_EACH, orders };
  const { began, seconds, accepted } = await closedLoop(programs, plan);
  const since = (time: number): number => (time - began) / 1_000;
  const decided = since(await allDecided(contestant));
  const told = since(await allTold(contestant, WARM_UP.orders + accepted));
  const lost = WARM_UP.orders + accepted - (await contestant.orders.decided());
  const placed = CLIENTS * orders;
  results.add('Burst of 5 clients', contestant.name, {
    orders: placed,
    'answered 201, %': (100 * accepted) / placed,
    'all accepted after s': seconds,
    'all decided after s': decided,
    'all told after s': told,
    lost,
  });
  const title = `Burst of ${placed} orders: ${contestant.name}`;
  results.draw(`burst-${contestant.name}`, { title, x: 'seconds', y: 'waiting', lines: await depths.end() });
}

/** What waits where, over time. */
class Depths {
  private readonly lines = new Map<string, [number, number][]>();
  private readonly began = Date.now();
  private running = true;
  private readonly done = this.sample();

  constructor(private readonly contestant: Contestant) {}

  async end(): Promise<Line[]> {
    this.running = false;
    await this.done;
    return [...this.lines].map(([name, points]) => ({ name, points }));
  }

  private async sample(): Promise<void> {
    while (this.running) {
      const second = (Date.now() - this.began) / 1_000;
      const undecided = await this.contestant.orders.pending();
      const unpublished = await this.contestant.inOutbox();
      const depths = {
        ...(await this.contestant.queues.depths()),
        'not decided': undecided,
        outbox: unpublished,
      };
      for (const [name, depth] of Object.entries(depths)) {
        const points = this.lines.get(name) ?? [];
        this.lines.set(name, [...points, [second, depth]]);
      }
      await sleep(SAMPLE_EVERY_MS);
    }
  }
}
