import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ProcessHooks } from '../processes/hooks';
import { killFamily } from '../processes/family';
import { ManagedProcess } from '../processes/managed-process';
import { answersAmqp, answersHttp } from '../processes/probes';
import { freePort, portFrom } from '../processes/ports';
import { untilReady } from '../processes/until-ready';
import { type ClusterSecret, NodeFiles, type NodePorts } from './node-files';
import { PortMapper } from './port-mapper';
import { ensureRabbitmq } from './rabbitmq-install';
import { findRabbitmqServer } from './rabbitmq-programs';
import { type Account, addressed, GUEST, RabbitmqServer } from './rabbitmq-server';

const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 30_000;
const CONTROL_TIMEOUT_MS = 60_000;

export interface PrivateRabbitmqOptions extends ProcessHooks {
  /** Where its data is kept, from one start to the next. */
  readonly folder: string;
  /** Users, rights, exchanges, queues and bindings, imported at each start before a client can connect. */
  readonly definitions?: object;
  /** The port of its management page where that is free; any where absent. */
  readonly pagePort?: number;
  /** The port where Prometheus scrapes it, if that is free, else one above; where absent, it cannot be scraped. */
  readonly metricsPort?: number;
  /** Of those that RabbitMQ brings along, besides what every node has. */
  readonly plugins?: readonly string[];
  /** The cluster that it is a node of; by itself where not given. */
  readonly cluster?: ClusterSecret & {
    /** All nodes of a cluster share one. Who made it stops it, after the nodes. */
    readonly portMapper: PortMapper;
  };
}

/** A process on this machine, on free ports of 127.0.0.1, with the management plugin. It knows nothing of any other on the machine. */
export class PrivateRabbitmq extends RabbitmqServer {
  private readonly files: NodeFiles;
  private readonly portMapper: PortMapper;
  private ports?: NodePorts;
  private node?: ManagedProcess;
  private ready = false;

  constructor(private readonly options: PrivateRabbitmqOptions) {
    super();
    this.files = new NodeFiles(options.folder, options.cluster, options.plugins);
    this.portMapper = options.cluster?.portMapper ?? new PortMapper(options);
  }

  async prepare(say: (line: string) => void): Promise<void> {
    await ensureRabbitmq(say, this.options.signal);
  }

  async start(): Promise<void> {
    const epmd = await this.portMapper.start();
    const ports = (this.ports ??= { ...(await freePorts(this.options)), epmd });
    this.files.write(ports, this.options.definitions);
    this.ready = false;
    this.node = await this.startNode(this.files.environment(ports, this.portMapper.program));
    const ready = async (): Promise<boolean> =>
      (await answersAmqp(ports.amqp)) && (await answersHttp(`http://127.0.0.1:${ports.management}`));
    await untilReady(this.node, ready, START_TIMEOUT_MS);
    this.ready = true;
  }

  urls(account: Account = GUEST, vhost = '/'): readonly string[] {
    return [addressed(`amqp://127.0.0.1:${this.ports?.amqp}`, account, vhost)];
  }

  get managementUrls(): readonly string[] {
    return [`http://127.0.0.1:${this.ports?.management}`];
  }

  override get metricsUrl(): string | undefined {
    return this.ports?.metrics === undefined ? undefined : `http://127.0.0.1:${this.ports.metrics}/metrics`;
  }

  /** What it is called in its cluster, and by the management API. */
  get name(): string {
    return this.files.nodeName;
  }

  get pid(): number | undefined {
    return this.node?.pid;
  }

  get running(): boolean {
    return this.ready && this.node?.running === true;
  }

  async control(...command: readonly string[]): Promise<void> {
    if (this.ports === undefined) throw new Error('The broker was not started.');
    const program = join(dirname(serverProgram()), 'rabbitmqctl');
    const env = this.files.environment(this.ports, this.portMapper.program);
    // By default it takes one that is counted up from the node's, which may be beyond the last there is.
    const port = String(await freePort());
    const range = { RABBITMQ_CTL_DIST_PORT_MIN: port, RABBITMQ_CTL_DIST_PORT_MAX: port };
    const options = { env: { ...env, ...range }, timeout: CONTROL_TIMEOUT_MS };
    await promisify(execFile)(program, ['--node', this.name, ...command], options);
  }

  /** A node that is not ready yet may not hear that it is to stop: it is killed. */
  async stop(): Promise<void> {
    if (this.ready) await this.node?.stop();
    else await this.kill();
    await this.stopPortMapper();
  }

  async kill(): Promise<void> {
    if (this.node !== undefined) await killFamily(this.node);
  }

  async remove(): Promise<void> {
    await this.kill();
    await this.stopPortMapper();
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  private async stopPortMapper(): Promise<void> {
    if (this.options.cluster === undefined) await this.portMapper.stop();
  }

  private startNode(env: Record<string, string>): Promise<ManagedProcess> {
    const { folder, ledger, logFile, signal, onLine, onCrash } = this.options;
    const command = serverProgram();
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

function serverProgram(): string {
  const program = findRabbitmqServer();
  if (program === undefined) throw new Error('There is no rabbitmq-server on this machine.');
  return program;
}

async function freePorts({
  pagePort,
  metricsPort,
}: PrivateRabbitmqOptions): Promise<Omit<NodePorts, 'epmd'>> {
  return {
    amqp: await freePort(),
    management: await portFrom(pagePort),
    metrics: metricsPort === undefined ? undefined : await portFrom(metricsPort),
    distribution: await freePort(),
  };
}
