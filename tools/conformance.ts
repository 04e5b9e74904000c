import { parseArgs } from 'node:util';
import { reportTable } from './conformance/report-table';
import { type Report, runSetting } from './conformance/run-setting';
import { BROKERS, chosen, QUEUES, whyNot } from './conformance/settings';
import { runCommand } from './operations/run-command';

const USAGE = `Usage: npm run test:conformance -- [--broker <broker> …] [--queues <queues> …]

Tests the guarantees of libs/messaging on each broker with each kind of queues, or on these alone:

  --broker single       a node of the RabbitMQ that is installed
  --broker cluster      three of them
  --broker container    RabbitMQ in a container: rabbitmq:4-management, or the image of CONFORMANCE_IMAGE
  --broker given        the one of CONFORMANCE_BROKER_URL and CONFORMANCE_MANAGEMENT_URL, for tests alone: see
                        docs/how-to/test-a-broker.md
  --queues quorum, --queues classic, --queues exclusive`;

const OPTIONS = {
  broker: { type: 'string', multiple: true },
  queues: { type: 'string', multiple: true },
} as const;

/** `npm run test:conformance`: what is guaranteed where. */
async function conformance(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: OPTIONS });
  const brokers = chosen(BROKERS, values.broker);
  const kinds = chosen(QUEUES, values.queues);
  const reports: Report[] = [];
  for (const broker of brokers) {
    const reason = await whyNot(broker);
    if (reason !== undefined && values.broker !== undefined)
      throw new Error(`There is no "${broker}": ${reason}.`);
    if (reason !== undefined) console.log(`Left out: ${broker}, since ${reason}.`);
    for (const queues of reason === undefined ? kinds : []) {
      console.log(`\n${broker}, ${queues} queues:`);
      reports.push(await runSetting({ broker, queues }));
    }
  }
  console.log(`\n${reportTable(reports)}`);
  const failed = reports
    .filter(({ passed }) => !passed)
    .map(({ setting }) => `${setting.broker} ${setting.queues}`);
  if (failed.length > 0) throw new Error(`Failed: ${failed.join(', ')}`);
}

void runCommand({ usage: USAGE, run: conformance });
