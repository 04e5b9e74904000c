import { whileRunning, type Bench } from '../bench';
import { cpuOf, perOrder } from '../measuring/cpu';
import { closedLoop } from '../measuring/load';
import { allDecided, allTold } from '../measuring/settled';
import { StatementCounts } from '../measuring/statement-counts';

const CONNECTIONS = 64;
const SIZES = [10_000, 100_000, 1_000_000];
const WARM_UP = 200;

/** Whether it slows down as the tables grow: rates, and the blocks that each statement touches for an order. */
export async function growth(bench: Bench): Promise<void> {
  const { ours, sized } = bench;
  const counts = await StatementCounts.on(ours.suite.postgres);
  try {
    for (const size of SIZES.slice(0, sized(2, SIZES.length))) {
      await ours.start('inside');
      await whileRunning(ours, () => measure(bench, counts, size));
    }
  } finally {
    await counts.off();
  }
}

async function measure(bench: Bench, counts: StatementCounts, size: number): Promise<void> {
  const { ours, programs, results, sized } = bench;
  await ours.fill(size);
  const place = (orders: number) => closedLoop(programs, { url: ours.url, connections: CONNECTIONS, orders });
  await place(WARM_UP);
  await allTold(ours, WARM_UP);
  await counts.reset();
  const before = cpuOf(ours.dataFolders);
  const { began, seconds, accepted } = await place(sized(400, 3_000));
  const decided = await allDecided(ours);
  await allTold(ours, WARM_UP + accepted);
  const postgres = perOrder(before, cpuOf(ours.dataFolders), accepted).get('PostgreSQL') ?? 0;
  const statements = await counts.read();
  const who = `${size.toLocaleString('en')} orders in the tables`;
  results.add('Growth', who, {
    'accepted/s': accepted / seconds,
    'decided/s': (accepted * 1_000) / (decided - began),
    'PostgreSQL, CPU ms/order': postgres,
    ...(await pages(bench)),
  });
  for (const { statement, calls, touched, written } of statements)
    results.add('Growth: blocks per order, by statement', `\`${statement}\``, {
      [`touched at ${size}`]: touched / accepted,
      [`written at ${size}`]: written / accepted,
      [`calls at ${size}`]: calls,
    });
}

/** The statements that read: the newest orders, and those of a state. */
async function pages({ ours, programs, sized }: Bench): Promise<Record<string, number>> {
  const read = async (query: string): Promise<number> => {
    const plan = {
      url: `${ours.url}?${query}`,
      method: 'GET',
      connections: 8,
      seconds: sized(1, 5),
    } as const;
    const { accepted, seconds } = await closedLoop(programs, plan);
    return accepted / seconds;
  };
  return {
    'newest page/s': await read('limit=20'),
    'page of a state/s': await read('limit=20&status=confirmed'),
    'page of few/s': await read('limit=20&status=rejected'),
  };
}
