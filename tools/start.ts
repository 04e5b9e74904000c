import { join } from 'node:path';
import { LogPrinter } from './console/log-printer';
import { runSuite } from './console/run-suite';
import { welcome } from './console/welcome';
import { CHECKOUT } from './launcher/environment';
import { SERVICES } from './launcher/suite/service-descriptions';
import type { Suite } from './launcher/suite/suite';

const logs = new LogPrinter(SERVICES.map(({ name }) => name));

/** `npm start`: everything runs until Ctrl-C. */
async function start(): Promise<void> {
  const outcome = await runSuite({
    options: {
      dataFolder: join(CHECKOUT, '.data'),
      ports: 'preferred',
      log: (source, line) => logs.print(source, line),
    },
    use: followLogs,
    stop: (suite) => suite.stop(),
  });
  process.exit(outcome === 'failed' ? 1 : 0);
}

function followLogs(suite: Suite): Promise<void> {
  console.log(welcome(suite));
  logs.follow();
  return new Promise(() => undefined);
}

void start();
