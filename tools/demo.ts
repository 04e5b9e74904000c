import { join } from 'node:path';
import { durableTopology } from '@app/broker-admin';
import { queueName, TOPOLOGY } from '@app/contracts';
import { launcherConfig } from './console/launcher-config';
import { runSuite } from './console/run-suite';
import { type BurstTarget, playBurst } from './demo/burst';
import { BurstScreen } from './demo/burst-screen';
import { burstOf, USAGE } from './demo/demo-options';
import { playTwoOrders } from './demo/two-orders';
import { CHECKOUT } from '../infra/environment';
import type { Suite } from './launcher/suite/suite';
import { runCommand } from './operations/run-command';

/** `npm run demo`: starts everything on free ports, plays two orders or a burst through it, and leaves nothing behind. */
async function demo(args: string[]): Promise<void> {
  const burst = burstOf(args);
  const outcome = await runSuite({
    options: {
      dataFolder: join(CHECKOUT, '.data', 'demo'),
      ports: 'free',
      log: (source, line) => {
        if (source === 'launcher') console.log(line);
      },
    },
    use: (suite, { traces }) =>
      burst === undefined
        ? playTwoOrders(suite, traces)
        : playBurst(targetIn(suite), burst, new BurstScreen(process.stdout)),
    stop: (suite) => suite.remove(),
  });
  process.exit(outcome === 'done' ? 0 : 1);
}

/** The queues are those of services that share one; an exclusive one cannot be looked at. */
function targetIn({ services, broker }: Suite): BurstTarget {
  const config = launcherConfig(process.env);
  const listening = config.durable(TOPOLOGY);
  return {
    orderApiUrl: services.get('order-api').url,
    tellers: ['email', 'sms'].map((service) => services.get(service).url),
    brokerUrl: broker.administratorUrls,
    queues: listening.flatMap(({ service, listensTo }) =>
      listensTo.map(({ exchange }) => queueName(service, exchange)),
    ),
    allQueues: durableTopology(listening, config).queues.map(({ name }) => name),
  };
}

void runCommand({ usage: USAGE, run: demo, handlesClosedOutput: true });
