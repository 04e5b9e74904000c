import { environmentWith } from '../../../infra/environment';
import type { ProcessHooks } from '../../../infra/processes/hooks';
import { ManagedProcess, type Exit } from '../../../infra/processes/managed-process';
import { answersHttp } from '../../../infra/processes/probes';
import { untilReady } from '../../../infra/processes/until-ready';
import type { Part } from '../../../infra/processes/part';

const READY_TIMEOUT_MS = 60_000;

/** A service ends itself within 10 s of a SIGTERM. */
const STOP_TIMEOUT_MS = 15_000;

export interface ServiceSettings {
  readonly name: string;
  readonly nodeOptions: readonly string[];
  /** The file that Node runs. */
  readonly entry: string;
  readonly port: number;
  /** Asked at each start: the database and the broker have their ports only once they were started. */
  readonly env: () => Readonly<Record<string, string>>;
  readonly hooks: ProcessHooks;
}

/** One service: it can be stopped, killed and started again, on the same port and with the same environment. */
export class ServiceProcess implements Part {
  readonly name: string;
  readonly port: number;
  readonly url: string;
  private process?: ManagedProcess;

  constructor(private readonly settings: ServiceSettings) {
    this.name = settings.name;
    this.port = settings.port;
    this.url = `http://127.0.0.1:${settings.port}`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get running(): boolean {
    return this.process?.running ?? false;
  }

  /** The variables that it is given, beside those that every program of this machine needs. */
  get environment(): Record<string, string> {
    return { ...this.settings.env(), PORT: String(this.port), HOST: '127.0.0.1' };
  }

  /** Starts it and waits until it is ready. @throws ProcessFailed, with the end of its log, as soon as it ends */
  async start(): Promise<void> {
    await this.launch();
    await this.ready();
  }

  /** Starts it without waiting, as a test needs that has taken something away that the service would be ready with. */
  async launch(): Promise<void> {
    if (this.running) throw new Error(`${this.name} runs already.`);
    const { name, nodeOptions, entry, hooks } = this.settings;
    this.process = await ManagedProcess.start({
      name,
      command: process.execPath,
      args: [...nodeOptions, entry],
      env: environmentWith(this.environment),
      stopTimeoutMs: STOP_TIMEOUT_MS,
      linked: true,
      ...hooks,
    });
  }

  /** Waits until `GET /health/ready` answers 200. */
  async ready(): Promise<void> {
    if (this.process === undefined) throw new Error(`${this.name} was not started.`);
    await untilReady(this.process, () => answersHttp(`${this.url}/health/ready`, 200), READY_TIMEOUT_MS);
  }

  /** SIGTERM, and SIGKILL when that does not end it in time. Tells how it ended; undefined when it never ran. */
  async stop(): Promise<Exit | undefined> {
    return this.process?.stop();
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<Exit | undefined> {
    return this.process?.kill(signal);
  }

  /** Holds it still until `resume`, as a machine that hangs. */
  pause(): Promise<void> {
    this.process?.signal('SIGSTOP');
    return Promise.resolve();
  }

  resume(): Promise<void> {
    this.process?.signal('SIGCONT');
    return Promise.resolve();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }
}
