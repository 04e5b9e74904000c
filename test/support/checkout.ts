import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SuiteAddresses } from '../../tools/launcher/suite/suite-file';
import { eventually } from './eventually';

const COPIED = [
  'apps',
  'bench',
  'libs',
  'tools',
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  '.swcrc',
];

type Environment = Readonly<Record<string, string>>;

/** A copy of this checkout, so that `npm start` has data of its own. */
export class Checkout {
  readonly folder: string;
  private launcher?: ChildProcess;

  constructor() {
    mkdirSync('.data/test', { recursive: true });
    this.folder = mkdtempSync(resolve('.data/test/checkout-'));
    for (const name of COPIED) cpSync(name, join(this.folder, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.folder, 'node_modules'));
  }

  /** Resolves once `npm start` tells where the suite is. */
  async start(environment: Environment = {}): Promise<SuiteAddresses> {
    this.launcher = this.spawn('start', environment, 'ignore');
    const file = join(this.folder, '.data', 'suite.json');
    await eventually(() => existsSync(file), { within: 60_000 });
    const addresses: SuiteAddresses = JSON.parse(readFileSync(file, 'utf8'));
    return addresses;
  }

  /** Runs a command to its end: `npm run topology`. Resolves with its code, and all that it printed. */
  async run(command: string, environment: Environment = {}): Promise<{ code: unknown; output: string }> {
    const child = this.spawn(command, environment, 'pipe');
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

  /** Ends the suite, which must end well, and deletes all. */
  async remove(): Promise<void> {
    const { launcher } = this;
    const ended = launcher && once(launcher, 'exit');
    launcher?.kill('SIGTERM');
    expect((await ended) ?? [0, null]).toEqual([0, null]);
    rmSync(this.folder, { recursive: true });
  }

  private spawn(tool: string, environment: Environment, stdio: 'ignore' | 'pipe'): ChildProcess {
    const env = { ...process.env, ...environment };
    return spawn(process.execPath, ['tools/prepare.mjs', tool], { cwd: this.folder, env, stdio });
  }
}
