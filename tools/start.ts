import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addressesOf } from './console/addresses';
import { writeEnvFiles } from './console/env-files';
import { LogPrinter } from './console/log-printer';
import { buildAfterChanges } from './console/build-after-changes';
import { type Outcome, runSuite } from './console/run-suite';
import { type StartOptions, startOptions, USAGE } from './console/start-options';
import type { Tracing } from './console/tracing';
import { welcome } from './console/welcome';
import { commandsFor } from './launcher/control/commands';
import { ControlServer } from './launcher/control/control-server';
import { CHECKOUT } from '../infra/environment';
import type { ManagedProcess } from '../infra/processes/managed-process';
import { SERVICES } from './launcher/suite/service-descriptions';
import type { Suite } from './launcher/suite/suite';
import { Supervisor } from './launcher/supervision/supervisor';
import { runCommand } from './operations/run-command';

const DATA_FOLDER = join(CHECKOUT, '.data');
const SUITE = 'suite';
const BUILD = 'build';

/** Everything runs until Ctrl-C or `npm run suite -- down`; what ends before is started again. */
class Start {
  private readonly logs = new LogPrinter([...SERVICES.map(({ name }) => name), SUITE, BUILD]);
  private supervisor?: Supervisor;
  private control?: ControlServer;
  private build?: ManagedProcess;

  constructor(private readonly chosen: StartOptions) {}

  run(): Promise<Outcome> {
    return runSuite({
      options: {
        dataFolder: DATA_FOLDER,
        appsFolder: this.chosen.watch ? undefined : ownBuild(),
        ports: 'preferred',
        without: this.chosen.without,
        nodeOptions: (name) => this.nodeOptions(name),
        log: (source, line) => this.logs.print(source, line),
      },
      onCrash: ({ what }, part) => this.supervisor?.ended(part, what),
      use: (suite, tracing) => this.supervise(suite, tracing),
      stop: (suite) => this.stop(suite),
    });
  }

  /** Resolves when a command asks for the end. */
  private async supervise(suite: Suite, tracing: Tracing): Promise<void> {
    const { without, scale } = this.chosen;
    const say = (line: string): void => this.logs.print(SUITE, line);
    const supervisor = new Supervisor({ services: suite.services, servers: suite.servers, without, say });
    this.supervisor = supervisor;
    for (const [service, count] of scale) await supervisor.scale(service, count);
    let down = (): void => undefined;
    const isDown = new Promise<void>((resolve) => (down = resolve));
    this.control = new ControlServer(commandsFor(supervisor, down, tracing.traces));
    if (this.chosen.watch) this.build = await buildAfterChanges(suite.hooksFor(BUILD));
    writeEnvFiles(suite);
    suite.announce(await this.control.open());
    console.log(welcome(addressesOf(suite)));
    this.logs.follow();
    await isDown;
  }

  private nodeOptions(name: string): string[] {
    const { inspect, watch } = this.chosen;
    return [
      '--enable-source-maps',
      ...(watch ? ['--watch', '--watch-preserve-output'] : []),
      ...(name === inspect ? ['--inspect=127.0.0.1:9229'] : []),
    ];
  }

  private async stop(suite: Suite): Promise<void> {
    this.supervisor?.close();
    this.control?.close();
    await this.build?.stop();
    await suite.stop();
  }
}

/**
 * A copy of the services as they are built now: a restart runs the same code, whatever is edited and built meanwhile.
 * As deep in the checkout as `dist`, or the source maps would lead elsewhere.
 */
function ownBuild(): string {
  for (const part of ['apps', 'libs']) {
    const copy = join(DATA_FOLDER, part);
    rmSync(copy, { recursive: true, force: true });
    cpSync(join(CHECKOUT, 'dist', part), copy, { recursive: true });
  }
  return join(DATA_FOLDER, 'apps');
}

/** `npm start` */
async function start(args: string[]): Promise<void> {
  const outcome = await new Start(startOptions(args)).run();
  process.exit(outcome === 'failed' ? 1 : 0);
}

void runCommand({ usage: USAGE, run: start, handlesClosedOutput: true });
