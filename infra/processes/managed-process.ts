import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProcessHooks } from './hooks';
import { Output } from './output';

/** How long the last output may follow the end of its process, in milliseconds: a grandchild may hold the pipe open. */
const LAST_OUTPUT_MS = 300;

export interface ProcessSpec extends ProcessHooks {
  /** How people call it: "order-api", "PostgreSQL". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Whether it is a program of Node that notices, by Node's IPC channel, when the process that started it is gone. */
  readonly linked?: boolean;
  /** The user to run as; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Asks for a clean stop; SIGTERM unless said otherwise. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long a clean stop may take before SIGKILL, in milliseconds. */
  readonly stopTimeoutMs?: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** One run of one child process. It leads a process group of its own, so that a Ctrl-C in the terminal reaches the launcher alone. */
export class ManagedProcess {
  /** Resolves when it has ended and its last output was read; never rejects. */
  readonly exited: Promise<Exit>;
  private exit?: Exit;
  private asked = false;
  private readonly output: Output;

  private constructor(
    readonly pid: number,
    private readonly spec: ProcessSpec,
    private readonly child: ChildProcess,
  ) {
    // A process of another user's, such as sudo, takes no signals from us.
    child.on('error', () => undefined);
    this.output = new Output(spec.logFile, spec.onLine);
    this.output.read(child.stdout);
    this.output.read(child.stderr);
    this.exited = this.settle();
  }

  /** @throws Error when the program cannot be run at all, or no process is wanted any more */
  static async start(spec: ProcessSpec): Promise<ManagedProcess> {
    const { name, command, args, env, cwd, user, ledger, signal, linked, stopSignal = 'SIGTERM' } = spec;
    signal?.throwIfAborted();
    const detached = process.platform !== 'win32';
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(linked === true ? (['ipc'] as const) : [])];
    const child = spawn(command, args, { env, cwd, ...user, detached, stdio });
    const { pid } = child;
    // Written down before anything else happens: the launcher may be killed at any moment.
    if (pid !== undefined) ledger?.add({ pid, name, stopSignal });
    await once(child, 'spawn');
    if (pid === undefined) throw new Error(`${name} could not be started.`);
    return new ManagedProcess(pid, spec, child);
  }

  get name(): string {
    return this.spec.name;
  }

  get running(): boolean {
    return this.exit === undefined;
  }

  /** The last lines of its output. */
  tail(): string {
    return this.output.tail();
  }

  /** Asks it to stop, and kills it when it has not within its time. */
  async stop(): Promise<Exit> {
    const { stopSignal = 'SIGTERM', stopTimeoutMs = 10_000 } = this.spec;
    this.asked = true;
    this.signal(stopSignal);
    const timer = setTimeout(() => this.signal('SIGKILL'), stopTimeoutMs);
    return this.exited.finally(() => clearTimeout(timer));
  }

  /** Sends the signal and waits for the end that it must bring. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit> {
    this.asked = true;
    this.signal(signal);
    return this.exited;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.running) this.child.kill(signal);
  }

  private async settle(): Promise<Exit> {
    const closed = once(this.child, 'close');
    const [code, signal]: [number | null, NodeJS.Signals | null] = await new Promise((resolve) => {
      this.child.once('exit', (...how) => resolve(how));
    });
    this.exit = { code, signal };
    await Promise.race([closed, sleep(LAST_OUTPUT_MS, undefined, { ref: false })]);
    this.output.close();
    this.spec.ledger?.remove(this.pid);
    if (!this.asked) this.spec.onCrash?.(this);
    return this.exit;
  }
}
