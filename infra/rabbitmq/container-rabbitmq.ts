import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dockerEnvironment } from '../docker';
import { CHECKOUT, shortHash } from '../environment';
import { ManagedProcess } from '../processes/managed-process';
import { answersAmqp, answersHttp } from '../processes/probes';
import { freePort, portFrom } from '../processes/ports';
import { untilReady } from '../processes/until-ready';
import type { PrivateRabbitmqOptions } from './private-rabbitmq';
import { type Account, addressed, GUEST, RabbitmqServer } from './rabbitmq-server';

/** The image may have to be fetched first. */
const START_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 60_000;

const REMOVE = ['down', '--volumes', '--timeout', '0'];

/** As RabbitMQ makes them where nothing else is loaded. */
const ONLY_GUEST = {
  vhosts: [{ name: '/' }],
  users: [{ ...GUEST, tags: ['administrator'] }],
  permissions: [{ user: GUEST.name, vhost: '/', configure: '.*', write: '.*', read: '.*' }],
};

/** Waits for the end of its input, which also comes when we are killed, and then runs its arguments. */
const AT_OUR_END = 'cat; exec "$@" >/dev/null 2>&1';

export interface ContainerRabbitmqOptions extends Omit<PrivateRabbitmqOptions, 'cluster'> {
  /** That of docker-compose.yml where absent. */
  readonly image?: string;
  /** False: the container and its data go with us, whatever ends us. */
  readonly outlivesUs?: boolean;
}

/** The RabbitMQ of docker-compose.yml, alone in a container of our own, on free ports of 127.0.0.1. */
export class ContainerRabbitmq extends RabbitmqServer {
  readonly pid = undefined;
  private readonly definitions: string;
  private readonly compose: readonly string[];
  private ports?: { readonly amqp: number; readonly management: number; readonly metrics: number };
  private process?: ManagedProcess;
  private remover?: ChildProcess;

  constructor(private readonly options: ContainerRabbitmqOptions) {
    super();
    this.definitions = join(options.folder, 'definitions.json');
    this.compose = [
      ...['compose', '--project-name', `order-events-${shortHash(options.folder)}`],
      ...['--file', join(CHECKOUT, 'docker-compose.yml')],
      ...['--file', join(CHECKOUT, 'docker', 'rabbitmq-alone.yml')],
    ];
  }

  get managementUrls(): readonly string[] {
    return [`http://127.0.0.1:${this.ports?.management}`];
  }

  override get metricsUrl(): string {
    return `http://127.0.0.1:${this.ports?.metrics}/metrics`;
  }

  get running(): boolean {
    return this.process?.running === true;
  }

  urls(account: Account = GUEST, vhost = '/'): readonly string[] {
    return [addressed(`amqp://127.0.0.1:${this.ports?.amqp}`, account, vhost)];
  }

  prepare(say: (line: string) => void): Promise<void> {
    say('RabbitMQ is not installed: running it in a container.');
    return Promise.resolve();
  }

  async start(): Promise<void> {
    const { amqp, management } = (this.ports ??= {
      amqp: await freePort(),
      management: await portFrom(this.options.pagePort),
      metrics: await portFrom(this.options.metricsPort),
    });
    const { folder, definitions = ONLY_GUEST, outlivesUs = true } = this.options;
    mkdirSync(folder, { recursive: true });
    // Its passwords are hashes, and the broker in the container is another user.
    writeFileSync(this.definitions, JSON.stringify(definitions), { mode: 0o644 });
    if (!outlivesUs) this.remover ??= this.removeAtOurEnd();
    this.process = await this.run('up', '--no-log-prefix', 'rabbitmq');
    const ready = async (): Promise<boolean> =>
      (await answersAmqp(amqp)) && (await answersHttp(`http://127.0.0.1:${management}`));
    await untilReady(this.process, ready, START_TIMEOUT_MS);
  }

  async control(...command: readonly string[]): Promise<void> {
    const run = await this.run('exec', '-T', 'rabbitmq', 'rabbitmqctl', ...command);
    if ((await run.exited).code !== 0) throw new Error(run.tail());
  }

  async stop(): Promise<void> {
    await this.process?.stop();
    await this.end('down');
  }

  async kill(): Promise<void> {
    await this.end('kill');
    await this.process?.kill();
  }

  async remove(): Promise<void> {
    await this.process?.kill();
    if (this.remover === undefined) await this.end(...REMOVE);
    this.remover?.stdin?.end();
    if (this.remover?.exitCode === null) await once(this.remover, 'exit');
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private async end(...args: string[]): Promise<void> {
    if (this.ports !== undefined) await (await this.run(...args)).exited;
  }

  /** In the foreground: its output is the broker's log, and its end the broker's. */
  private run(...args: string[]): Promise<ManagedProcess> {
    const { ledger, logFile, signal, onLine, onCrash } = this.options;
    const isBroker = args.includes('up');
    return ManagedProcess.start({
      name: isBroker ? 'RabbitMQ' : 'docker compose',
      command: 'docker',
      args: [...this.compose, ...args],
      env: this.environment(),
      cwd: CHECKOUT,
      stopTimeoutMs: STOP_TIMEOUT_MS,
      ledger,
      ...(isBroker && { logFile, onLine, onCrash, signal }),
    });
  }

  private removeAtOurEnd(): ChildProcess {
    const args = ['-c', AT_OUR_END, 'sh', 'docker', ...this.compose, ...REMOVE];
    const env = this.environment();
    return spawn('sh', args, { cwd: CHECKOUT, env, detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  }

  private environment(): Record<string, string> {
    return dockerEnvironment({
      AMQP_PORT: String(this.ports?.amqp),
      MANAGEMENT_PORT: String(this.ports?.management),
      METRICS_PORT: String(this.ports?.metrics),
      DEFINITIONS: this.definitions,
      ...(this.options.image !== undefined && { RABBITMQ_IMAGE: this.options.image }),
    });
  }
}
