import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuite } from './console/run-suite';
import { playTwoOrders } from './demo/two-orders';
import { CHECKOUT } from '../infra/environment';
import { runCommand } from './operations/run-command';

const USAGE = `Usage: npm run demo

Starts everything on free ports, plays two orders through it, shows what came of them, and leaves nothing behind.
Exits with 0 only if every mail and every text has come.`;

/** `npm run demo` */
async function demo(args: string[]): Promise<void> {
  parseArgs({ args });
  const outcome = await runSuite({
    options: {
      dataFolder: join(CHECKOUT, '.data', 'demo'),
      ports: 'free',
      log: (source, line) => {
        if (source === 'launcher') console.log(line);
      },
    },
    use: (suite, { traces }) => playTwoOrders(suite, traces),
    stop: (suite) => suite.remove(),
  });
  process.exit(outcome === 'done' ? 0 : 1);
}

void runCommand({ usage: USAGE, run: demo, handlesClosedOutput: true });
