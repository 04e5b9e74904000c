import { ProcessFailed } from '../../../infra/processes/until-ready';
import { holdFamily } from '../../../infra/processes/family';
import type { Part } from '../../../infra/processes/part';
import { Pauses } from './pauses';

/** `waiting`: it has ended, and is started again after a pause. */
export type State = 'running' | 'starting' | 'paused' | 'waiting' | 'stopped';

/** A part that is started again whenever it ends, until it is told to stop. */
export class Supervised {
  restarts = 0;
  /** Lets what is held still go on; undefined where nothing is. */
  private release?: () => Promise<void>;
  private starting?: Promise<void>;
  private timer?: NodeJS.Timeout;
  private readonly pauses = new Pauses();

  /**
   * @param wanted whether it is to run
   * @param say is told what happens to it, a line each
   */
  constructor(
    private readonly part: Part,
    private wanted: boolean,
    private readonly say: (line: string) => void,
  ) {
    this.pauses.started();
    if (wanted && !part.running) this.ended(`${part.name} has ended`);
  }

  get name(): string {
    return this.part.name;
  }

  get port(): number | undefined {
    return this.part.port;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.part.running ? this.part.pid : undefined;
  }

  get state(): State {
    if (this.starting !== undefined) return 'starting';
    if (this.part.running) return this.release === undefined ? 'running' : 'paused';
    return this.wanted ? 'waiting' : 'stopped';
  }

  /** It ended unasked. A start that is under way says so itself. */
  ended(how: string): void {
    if (!this.wanted || this.starting !== undefined) return;
    this.release = undefined;
    const pauseMs = this.pauses.next();
    this.say(`${how.replace(/\.$/, '')}. It is started again in ${pauseMs / 1_000} s.`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.startAgain(), pauseMs);
  }

  /** @throws Error where it runs already, or what its start throws: then it stays stopped */
  async start(): Promise<void> {
    if (this.part.running) throw new Error(`${this.name} runs already.`);
    this.wanted = true;
    try {
      await this.bringUp();
    } catch (error) {
      this.wanted = false;
      throw error;
    }
  }

  /** It stays stopped until `start`. */
  async stop(): Promise<void> {
    this.leave();
    this.resumeProcesses();
    await this.part.stop();
    // A start that was under way may have begun a process after that.
    await Promise.allSettled([this.starting]);
    await this.part.stop();
  }

  /** SIGKILL; it comes back after a pause, as after any end of its own. @throws Error */
  async kill(): Promise<void> {
    this.assertRunning();
    await this.part.kill();
    this.ended(`${this.name} was killed`);
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Holds all its processes still, as a machine that hangs. @throws Error */
  pause(): void {
    this.assertRunning();
    if (this.pid === undefined) throw new Error(`${this.name} runs in a container: it cannot be paused.`);
    this.release ??= holdFamily(this.pid);
  }

  /** @throws Error where it is not paused */
  resume(): void {
    if (this.release === undefined) throw new Error(`${this.name} is not paused.`);
    this.resumeProcesses();
  }

  /** No restart from now on. */
  leave(): void {
    this.wanted = false;
    clearTimeout(this.timer);
  }

  private async startAgain(): Promise<void> {
    try {
      await this.bringUp();
      this.restarts += 1;
      this.say(`${this.name} runs again.`);
    } catch (error) {
      this.ended(failureOf(error));
    }
  }

  /** A start that is under way is waited for, and not begun twice. */
  private bringUp(): Promise<void> {
    clearTimeout(this.timer);
    this.starting ??= this.part.start().finally(() => {
      this.starting = undefined;
      this.pauses.started();
    });
    return this.starting;
  }

  private assertRunning(): void {
    if (!this.part.running) throw new Error(`${this.name} does not run: it is ${this.state}.`);
  }

  /** A process that is held still would not hear that it is to end. */
  private resumeProcesses(): void {
    void this.release?.();
    this.release = undefined;
  }
}

/** The end of its log, which a failed start shows, is in its log. */
function failureOf(error: unknown): string {
  if (error instanceof ProcessFailed) return error.what;
  return error instanceof Error ? error.message : String(error);
}
