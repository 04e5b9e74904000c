import { environmentWith } from '../environment';
import type { ProcessHooks } from '../processes/hooks';
import { ManagedProcess } from '../processes/managed-process';
import { freePort } from '../processes/ports';
import { findEpmd } from './rabbitmq-programs';

/**
 * Erlang's port mapper (epmd), which tells the nodes of a machine how to reach each other. A broker that finds none would
 * start one itself, and leave it behind.
 */
export class PortMapper {
  readonly program = findEpmd();
  private port?: number;
  private process?: ManagedProcess;
  /** The call before, which the next one waits for: nodes that start at once must find one port mapper. */
  private starting: Promise<unknown> = Promise.resolve();

  constructor(private readonly hooks: ProcessHooks) {}

  /** Starts it unless it runs. Resolves with its port on 127.0.0.1, which stays the same. */
  start(): Promise<number> {
    const started = this.starting.then(() => this.startUnlessItRuns());
    this.starting = started.catch(() => undefined);
    return started;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  private async startUnlessItRuns(): Promise<number> {
    this.port ??= await freePort();
    if (this.process?.running === true) return this.port;
    const { ledger, signal, onCrash } = this.hooks;
    const env = environmentWith({ ERL_EPMD_PORT: String(this.port), ERL_EPMD_ADDRESS: '127.0.0.1' });
    const command = this.program;
    this.process = await ManagedProcess.start({
      name: 'epmd',
      command,
      args: [],
      env,
      ledger,
      signal,
      onCrash,
    });
    return this.port;
  }
}
