import { join } from 'node:path';
import { runSuite } from './console/run-suite';
import { playTwoOrders } from './demo/two-orders';
import { CHECKOUT } from '../infra/environment';

/** `npm run demo`: starts everything on free ports, plays two orders through it, and leaves nothing behind. */
async function demo(): Promise<void> {
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

void demo();
