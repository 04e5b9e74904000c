import { alternate, whileRunning, type Bench } from '../bench';
import type { Contestant, Sends } from '../contestants/contestant';
import { busyMs, cpuOf, perOrder } from '../measuring/cpu';
import { closedLoop } from '../measuring/load';
import { allDecided, allTold } from '../measuring/settled';

const CONNECTIONS = 64;

interface Entry {
  readonly contestant: Contestant;
  readonly sends: Sends;
  readonly warmUp: number;
  readonly orders: number;
}

const WORDS: Readonly<Record<Sends, string>> = {
  real: 'real sends',
  counting: 'providers that count',
  slow: 'slow providers',
  inside: 'answered inside',
};

/** Everything runs: how many orders a second are accepted, decided and settled, and what each costs. */
export async function wholeWay(bench: Bench): Promise<void> {
  await alternate(bench.turns, entriesOf(bench), async (entry) => {
    const { contestant, sends } = entry;
    await contestant.start(sends);
    await whileRunning(contestant, () => measure(bench, entry));
  });
}

function entriesOf({ ours, before, limit, usual, sized }: Bench): Entry[] {
  const services = [ours, ...(before === undefined ? [] : [before])];
  const slow = { warmUp: sized(300, 1_000), orders: sized(600, 2_000) };
  const fast = { warmUp: 2_000, orders: sized(6_000, 20_000) };
  return [
    ...services.map((contestant) => ({ contestant, sends: 'real', ...slow }) as const),
    ...services.map((contestant) => ({ contestant, sends: 'counting', ...slow }) as const),
    ...services.map((contestant) => ({ contestant, sends: 'inside', ...slow }) as const),
    { contestant: usual, sends: 'counting', ...slow },
    { contestant: usual, sends: 'inside', ...slow },
    { contestant: limit, sends: 'inside', ...fast },
  ];
}

async function measure(bench: Bench, { contestant, sends, warmUp, orders }: Entry): Promise<void> {
  const place = (amount: number) =>
    closedLoop(bench.programs, { url: contestant.url, connections: CONNECTIONS, orders: amount });
  await place(warmUp);
  await allTold(contestant, warmUp);
  const [before, busyBefore] = [cpuOf(contestant.dataFolders), busyMs()];
  const { began, seconds, accepted, refused, p50, p99, cpu } = await place(orders);
  const decided = await allDecided(contestant);
  const told = await allTold(contestant, warmUp + accepted);
  const busy = (busyMs() - busyBefore) / accepted;
  const used = perOrder(before, cpuOf(contestant.dataFolders), accepted);
  const who = `${contestant.name}, ${WORDS[sends]}`;
  const rate = (until: number): number => (accepted * 1_000) / (until - began);
  bench.results.add('The whole way', who, {
    'accepted/s': accepted / seconds,
    'decided/s': rate(decided),
    'settled/s': rate(told),
    'p50 ms': p50,
    'p99 ms': p99,
    refused,
  });
  const sum = [...used.values()].reduce((total, ms) => total + ms, 0);
  const load = cpu / accepted;
  const costs = { ...Object.fromEntries(used), sum, load, 'others on this machine': busy - sum - load };
  bench.results.add('CPU milliseconds per order', who, costs);
}
