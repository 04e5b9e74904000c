import { once } from 'node:events';
import { isRunning, type ProcessIdentity } from '../../infra/processes/process-table';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C may arrive twice: from the terminal and from npm. A person's second comes later, in milliseconds. */
const SAME_KEYSTROKE_MS = 300;
const NPM_POLL_MS = 1_000;

/** The user asked to stop. */
export class Interrupted extends Error {}

/** Waits for what ends a run before its time: a signal, or something that failed. A second signal kills at once. */
export class Interruption {
  /** Rejects with `Interrupted`, or with what failed. */
  readonly happened: Promise<never>;
  private readonly controller = new AbortController();
  private firstAt?: number;

  /**
   * @param kill ends all at once
   * @param npm without which the run ends
   */
  constructor(
    private readonly kill: () => void,
    npm?: ProcessIdentity,
  ) {
    this.happened = once(this.signal, 'abort').then(() => {
      throw this.signal.reason;
    });
    this.happened.catch(() => undefined);
    for (const signal of SIGNALS) process.on(signal, () => this.interrupt());
    if (npm !== undefined) this.watch(npm);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Ends the run because of this. */
  fail(error: Error): void {
    this.controller.abort(error);
  }

  private interrupt(): void {
    this.firstAt ??= Date.now();
    if (!this.signal.aborted) return this.fail(new Interrupted('Stopped.'));
    if (Date.now() - this.firstAt < SAME_KEYSTROKE_MS) return;
    this.kill();
    process.exit(1);
  }

  /** A signal that ends npm does not always reach what npm started. */
  private watch(npm: ProcessIdentity): void {
    const timer = setInterval(() => {
      if (isRunning(npm)) return;
      clearInterval(timer);
      if (!this.signal.aborted) this.interrupt();
    }, NPM_POLL_MS);
    timer.unref();
  }
}
