import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SuiteAddresses } from '../../tools/launcher/suite/suite-file';
import { eventually } from '../../infra/eventually';
import type { ProcessIdentity } from '../../infra/processes/process-table';

/** What a checkout gets or makes for itself. */
const NOT_COPIED = ['.data', '.git', 'node_modules'];

/** It builds, and starts eight processes, while other tests do the same: RabbitMQ alone has taken a minute on a busy machine. */
const START_TIMEOUT_MS = 240_000;

type Environment = Readonly<Record<string, string>>;

/** A copy of this checkout, so that `npm start` has data of its own. */
export class Checkout {
  readonly folder: string;
  private launcher?: ChildProcess;

  constructor() {
    mkdirSync('.data/test', { recursive: true });
    this.folder = mkdtempSync(resolve('.data/test/checkout-'));
    for (const name of readdirSync('.').filter((entry) => !NOT_COPIED.includes(entry)))
      cpSync(name, join(this.folder, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
  }

  /** Resolves once `npm start` tells where the suite is. @throws Error that shows what it said at last, as soon as it ends */
  async start(environment: Environment = {}, args: readonly string[] = []): Promise<SuiteAddresses> {
    const launcher = this.spawn('start', environment, args);
    this.launcher = launcher;
    const said = lastLinesOf(launcher);
    const file = join(this.folder, '.data', 'suite.json');
    rmSync(file, { force: true });
    const hasEnded = () => launcher.exitCode !== null || launcher.signalCode !== null;
    const isUp = () => existsSync(file);
    await eventually(() => isUp() || hasEnded(), { what: 'npm start to be up', within: START_TIMEOUT_MS });
    if (hasEnded()) throw new Error(`npm start has ended. It said at last:\n${said()}`);
    const addresses: SuiteAddresses = JSON.parse(readFileSync(file, 'utf8'));
    return addresses;
  }

  /** Runs a command to its end: `npm run topology`. Resolves with its code, and all that it printed. */
  async run(
    command: string,
    environment: Environment = {},
    args: readonly string[] = [],
  ): Promise<{ code: unknown; output: string }> {
    const child = this.spawn(command, environment, args);
    const ended = once(child, 'close');
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error(`${command} has no output`);
    const output = await Promise.all([text(stdout), text(stderr)]);
    const [code]: unknown[] = await ended;
    return { code, output: output.join('\n') };
  }

  logOf(service: string): string {
    const file = join(this.folder, '.data', 'logs', `${service}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** What the launcher has started and not ended; nothing where it has given its data back. */
  processes(): ProcessIdentity[] {
    const file = join(this.folder, '.data', 'processes.json');
    const { processes }: { processes: ProcessIdentity[] } = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { processes: [] };
    return processes;
  }

  /** Kills `npm start` alone; what it has started runs on. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Ends the suite where it still runs, which must end well, and deletes all. */
  async remove(): Promise<void> {
    expect(await this.end('SIGTERM')).toEqual([0, null]);
    rmSync(this.folder, { recursive: true });
  }

  /** Resolves with its code and its signal; both of what ended by itself too. */
  private async end(signal: NodeJS.Signals): Promise<unknown[]> {
    const { launcher } = this;
    if (launcher === undefined) return [0, null];
    if (launcher.exitCode === null && launcher.signalCode === null) {
      const ended = once(launcher, 'exit');
      launcher.kill(signal);
      await ended;
    }
    return [launcher.exitCode, launcher.signalCode];
  }

  private spawn(tool: string, environment: Environment, args: readonly string[] = []): ChildProcess {
    const env = { ...process.env, ...environment };
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    return spawn(process.execPath, ['tools/prepare.mjs', tool, ...args], { cwd: this.folder, env, stdio });
  }
}

/** How much of an output is kept, in characters. */
const KEPT = 4_000;

/** Reads what a process says, all the time; answers with the end of that. */
function lastLinesOf({ stdout, stderr }: ChildProcess): () => string {
  let said = '';
  for (const stream of [stdout, stderr])
    stream?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-KEPT)));
  return () => said;
}
