import { rmSync } from 'node:fs';
import type { ProcessHooks } from '../processes/hooks';
import { killFamily } from '../processes/kill-family';
import { ManagedProcess } from '../processes/managed-process';
import { answersAmqp, answersHttp } from '../processes/probes';
import { freePort } from '../processes/ports';
import { untilReady } from '../processes/until-ready';
import { NodeFiles, type NodePorts } from './node-files';
import { RabbitmqNode } from './rabbitmq-node';
import { findEpmd, findRabbitmqServer } from './rabbitmq-programs';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;

export interface PrivateRabbitmqOptions extends ProcessHooks {
  /** Where its data is kept, from one start to the next. */
  readonly folder: string;
  /** Users, rights, exchanges, queues and bindings, imported at each start before a client can connect. */
  readonly definitions?: object;
}

/** A process on this machine, on free ports of 127.0.0.1, with the management plugin. It knows nothing of any other on the machine. */
export class PrivateRabbitmq extends RabbitmqNode {
  private readonly files: NodeFiles;
  private ports?: NodePorts;
  private portMapper?: ManagedProcess;
  private node?: ManagedProcess;
  private ready = false;

  constructor(private readonly options: PrivateRabbitmqOptions) {
    super();
    this.files = new NodeFiles(options.folder);
  }

  async start(): Promise<void> {
    const ports = (this.ports ??= await freePorts());
    this.files.write(ports, this.options.definitions);
    const epmd = findEpmd();
    const env = this.files.environment(ports, epmd);
    if (this.portMapper?.running !== true) this.portMapper = await this.startPortMapper(epmd, env);
    this.ready = false;
    this.node = await this.startNode(env);
    const ready = async (): Promise<boolean> =>
      (await answersAmqp(ports.amqp)) && (await answersHttp(this.managementUrl));
    await untilReady(this.node, ready, START_TIMEOUT_MS);
    this.ready = true;
  }

  url(user: string, password: string, vhost = 'order-events'): string {
    return `amqp://${user}:${password}@127.0.0.1:${this.ports?.amqp}/${encodeURIComponent(vhost)}`;
  }

  get managementUrl(): string {
    return `http://127.0.0.1:${this.ports?.management}`;
  }

  get pid(): number | undefined {
    return this.node?.pid;
  }

  /** A node that is not ready yet may not hear that it is to stop: it is killed. */
  async stop(): Promise<void> {
    if (this.ready) await this.node?.stop();
    else await this.kill();
    await this.portMapper?.stop();
  }

  async kill(): Promise<void> {
    if (this.node !== undefined) await killFamily(this.node);
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.portMapper?.stop();
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  /** The broker would start one itself, and leave it behind. */
  private startPortMapper(command: string, env: Record<string, string>): Promise<ManagedProcess> {
    const { ledger, signal, onCrash } = this.options;
    return ManagedProcess.start({ name: 'epmd', command, args: [], env, ledger, signal, onCrash });
  }

  private startNode(env: Record<string, string>): Promise<ManagedProcess> {
    const { folder, ledger, logFile, signal, onLine, onCrash } = this.options;
    const command = findRabbitmqServer();
    if (command === undefined) throw new Error('There is no rabbitmq-server on this machine.');
    const stopTimeoutMs = STOP_TIMEOUT_MS;
    const hooks = { ledger, logFile, signal, onLine, onCrash };
    return ManagedProcess.start({
      name: 'RabbitMQ',
      command,
      args: [],
      env,
      cwd: folder,
      stopTimeoutMs,
      ...hooks,
    });
  }
}

async function freePorts(): Promise<NodePorts> {
  return {
    amqp: await freePort(),
    management: await freePort(),
    distribution: await freePort(),
    epmd: await freePort(),
  };
}
