import { join } from 'node:path';
import { CHECKOUT, environmentWith } from '../../infra/environment';
import { ManagedProcess } from '../../infra/processes/managed-process';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import { failureOf, untilReady } from '../../infra/processes/until-ready';
import { eventually } from '../../infra/eventually';
import { parsed } from '../../infra/json';

const START_TIMEOUT_MS = 60_000;
const LAST_WORDS_MS = 10_000;

export interface Program {
  /** How the results call it. */
  readonly name: string;
  /** From the root of the checkout. */
  readonly file: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The bench's own programs, each a process. */
export class Programs {
  readonly dataFolder = join(CHECKOUT, '.data', 'bench', 'programs');
  private readonly ledger = new ProcessLedger(this.dataFolder);

  /** Ends what a killed bench left behind. */
  async open(): Promise<void> {
    await this.ledger.take();
  }

  /** Waits until it says that it is ready. */
  async start(program: Program): Promise<ManagedProcess> {
    let ready = false;
    const managed = await this.launch(program, (line) => (ready ||= line === 'ready'));
    await untilReady(managed, () => ready, START_TIMEOUT_MS);
    return managed;
  }

  /** Waits until it has ended. Resolves with what its last line says, as JSON. */
  async run<Result>(program: Program): Promise<Result> {
    let last = '';
    const managed = await this.launch(program, (line) => (last = line));
    const { code } = await managed.exited;
    if (code !== 0) throw await failureOf(managed);
    // On a busy machine its words may arrive after its end.
    await eventually(() => last !== '', { what: `the result of ${program.name}`, within: LAST_WORDS_MS });
    return parsed(last);
  }

  killAll(): void {
    this.ledger.killAll();
  }

  close(): void {
    this.ledger.release();
  }

  private launch(
    { name, file, args = [], env = {} }: Program,
    onLine: (line: string) => void,
  ): Promise<ManagedProcess> {
    return ManagedProcess.start({
      name,
      command: process.execPath,
      args: [join(CHECKOUT, file), ...args],
      env: environmentWith({ ...env, NODE_ENV: 'production' }),
      ledger: this.ledger,
      onLine,
    });
  }
}
