import { alternate, whileRunning, type Bench } from '../bench';
import type { OurSuite } from '../contestants/our-suite';
import { memoryOf } from '../measuring/memory';
import { closedLoop } from '../measuring/load';
import { allTold } from '../measuring/settled';

const CONNECTIONS = 64;
const SERVICES = ['order-api', 'inventory', 'email', 'sms'];

/** How long each service takes from its start until it is ready, and the memory it holds: then, and after loads. */
export async function memory(bench: Bench): Promise<void> {
  const { ours, before, turns } = bench;
  const suites = [ours, ...(before === undefined ? [] : [before])];
  await alternate(turns, suites, async (suite) => {
    await suite.startIntake();
    await suite.stop();
    await whileRunning(suite, () => measure(bench, suite));
  });
}

async function measure({ programs, results, sized }: Bench, suite: OurSuite): Promise<void> {
  const figures = new Map<string, Record<string, number>>();
  await suite.service('sms-gateway').start();
  for (const name of SERVICES) {
    const began = Date.now();
    await suite.service(name).start();
    const ready = Date.now() - began;
    figures.set(name, { 'ready after ms': ready, 'MiB when ready': memoryOf(suite.service(name).pid ?? 0) });
  }
  const orders = sized(300, 5_000);
  for (const load of [1, 2]) {
    await closedLoop(programs, { url: suite.url, connections: CONNECTIONS, orders });
    await allTold(suite, orders * load);
    for (const [name, known] of figures)
      known[`MiB after ${orders * load} orders`] = memoryOf(suite.service(name).pid ?? 0);
  }
  for (const [name, known] of figures) results.add('Memory and start', `${name} (${suite.name})`, known);
}
