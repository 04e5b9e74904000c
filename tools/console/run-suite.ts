import { valueOf } from '@app/service';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import { Suite } from '../launcher/suite/suite';
import type { SuiteOptions } from '../launcher/suite/suite-options';
import { Interrupted, Interruption } from './interruption';
import { launcherConfig } from './launcher-config';
import { npmProcess } from './npm-process';
import { progress } from './progress';
import { Tracing } from './tracing';
import { opening } from './welcome';

export type Outcome = 'done' | 'interrupted' | 'failed';

export interface Run {
  readonly options: SuiteOptions;
  /** What is done with the suite once it is ready; it is stopped afterwards, whatever came of it. */
  readonly use: (suite: Suite, tracing: Tracing) => Promise<void>;
  readonly stop: (suite: Suite) => Promise<void>;
  /** Told when something ends unasked once the suite is ready; where absent, that ends the run. */
  readonly onCrash?: SuiteOptions['onCrash'];
}

/**
 * Starts the suite, uses it and stops it; the environment may name a broker and a database server to use.
 * What goes wrong is said on standard error, and nothing is left running.
 */
export async function runSuite({ options, use, stop, onCrash }: Run): Promise<Outcome> {
  const npm = npmProcess();
  const ledger = new ProcessLedger(options.dataFolder, npm);
  const interruption = new Interruption(() => ledger.killAll(), npm);
  const { signal, happened } = interruption;
  const failed = onCrash ?? ((failure: Error): void => interruption.fail(failure));
  // The program that read our output, such as `head`, has closed it.
  process.stdout.on('error', () => interruption.fail(new Interrupted('Stopped.')));
  const tracing = await Tracing.chosenBy(process.env);
  const explain = (error: unknown): Outcome => explained(signal.aborted ? signal.reason : error);
  try {
    const chosen = chosenOptions();
    console.log(opening(chosen));
    const given = {
      ...options,
      ...chosen,
      tracing: tracing.variables,
      ledger,
      signal,
      onCrash: failed,
      step: progress,
    };
    const suite = await Suite.start(given);
    const outcome = await Promise.race([use(suite, tracing), happened]).then((): Outcome => 'done', explain);
    console.log('\nStopping …');
    await stop(suite);
    return outcome;
  } catch (error) {
    return explain(error);
  } finally {
    tracing.close();
  }
}

/** What the user chose through the environment. */
function chosenOptions(): Pick<
  SuiteOptions,
  'rabbitmqUrls' | 'managementUrl' | 'databaseUrl' | 'queues' | 'queueKinds' | 'settings'
> {
  const config = launcherConfig(process.env);
  const { rabbitmqUrl: rabbitmqUrls, rabbitmqManagementUrl: managementUrl, databaseUrl } = config;
  return {
    rabbitmqUrls,
    managementUrl,
    databaseUrl,
    queues: config,
    queueKinds: config,
    settings: passedOn(),
  };
}

/** The services look at them themselves, and say what is wrong with a value. */
const PASSED_ON = ['LOG_LEVEL', 'PREFETCH', 'SENDS_AT_ONCE', 'SCHEMA_BASE_URL'];

function passedOn(): Record<string, string> {
  const given = PASSED_ON.map((name) => [name, valueOf(name, process.env)] as const);
  return Object.fromEntries(given.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function explained(cause: unknown): Outcome {
  if (cause instanceof Interrupted) return 'interrupted';
  console.error(`\n${cause instanceof Error ? cause.message : String(cause)}`);
  return 'failed';
}
