import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, environmentWith, shortHash } from '../environment';
import { ManagedProcess } from '../processes/managed-process';
import { answersAmqp, answersHttp } from '../processes/probes';
import { freePort, portFrom } from '../processes/ports';
import { untilReady } from '../processes/until-ready';
import type { PrivateRabbitmqOptions } from './private-rabbitmq';
import { RabbitmqNode } from './rabbitmq-node';

/** The image may have to be fetched first. */
const START_TIMEOUT_MS = 600_000;
const STOP_TIMEOUT_MS = 60_000;

/** What the engine's own client needs to find the engine. */
const OF_THE_CLIENT = /^(HOME|XDG_RUNTIME_DIR|DOCKER_.+)$/;

/** The RabbitMQ of docker-compose.yml, alone in a container of our own, on free ports of 127.0.0.1. */
export class ContainerRabbitmq extends RabbitmqNode {
  readonly pid = undefined;
  private readonly definitions: string;
  private readonly compose: readonly string[];
  private ports?: { readonly amqp: number; readonly management: number };
  private process?: ManagedProcess;

  constructor(private readonly options: PrivateRabbitmqOptions) {
    super();
    this.definitions = join(options.folder, 'definitions.json');
    this.compose = [
      ...['compose', '--project-name', `order-events-${shortHash(options.folder)}`],
      ...['--file', join(CHECKOUT, 'docker-compose.yml')],
      ...['--file', join(CHECKOUT, 'docker', 'rabbitmq-alone.yml')],
    ];
  }

  get managementUrl(): string {
    return `http://127.0.0.1:${this.ports?.management}`;
  }

  get running(): boolean {
    return this.process?.running === true;
  }

  url(user: string, password: string, vhost = 'order-events'): string {
    return `amqp://${user}:${password}@127.0.0.1:${this.ports?.amqp}/${encodeURIComponent(vhost)}`;
  }

  async start(): Promise<void> {
    const { amqp } = (this.ports ??= {
      amqp: await freePort(),
      management: await portFrom(this.options.pagePort),
    });
    const { folder, definitions = {} } = this.options;
    mkdirSync(folder, { recursive: true });
    // Its passwords are hashes, and the broker in the container is another user.
    writeFileSync(this.definitions, JSON.stringify(definitions), { mode: 0o644 });
    this.process = await this.run('up', '--no-log-prefix', 'rabbitmq');
    const ready = async (): Promise<boolean> =>
      (await answersAmqp(amqp)) && (await answersHttp(this.managementUrl));
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
    await this.end('down', '--volumes', '--timeout', '0');
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

  private environment(): Record<string, string> {
    const client = Object.entries(process.env).filter(([name]) => OF_THE_CLIENT.test(name));
    return environmentWith({
      ...Object.fromEntries(client.map(([name, value = '']) => [name, value])),
      AMQP_PORT: String(this.ports?.amqp),
      MANAGEMENT_PORT: String(this.ports?.management),
      DEFINITIONS: this.definitions,
    });
  }
}

/** Whether a container engine answers, and knows `compose`. */
export function hasEngine(): boolean {
  return [['info'], ['compose', 'version']].every(
    (args) => spawnSync('docker', args, { stdio: 'ignore', timeout: 10_000 }).status === 0,
  );
}
