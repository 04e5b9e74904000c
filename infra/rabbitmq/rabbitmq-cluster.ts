import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PortMapper } from './port-mapper';
import { PrivateRabbitmq, type PrivateRabbitmqOptions } from './private-rabbitmq';
import { settleAll } from '../settle-all';
import { ProcessFailed } from '../processes/until-ready';
import { eventually } from '../eventually';
import { type Account, RabbitmqServer } from './rabbitmq-server';

const NODES = ['a', 'b', 'c'] as const;

const START_ATTEMPTS = 5;

/** How long nodes that take connections may take to see each other, in milliseconds. */
const JOIN_TIMEOUT_MS = 180_000;

export type RabbitmqClusterOptions = Omit<PrivateRabbitmqOptions, 'cluster'>;

/**
 * A cluster of three RabbitMQ nodes of our own. Each can be killed and started by itself: `nodes[1].kill()`. It has RabbitMQ's
 * own first user, guest, who is let in from this machine alone.
 */
export class RabbitmqCluster extends RabbitmqServer {
  /** Each node has one. */
  readonly pid = undefined;
  readonly nodes: readonly [PrivateRabbitmq, PrivateRabbitmq, PrivateRabbitmq];
  private readonly portMapper: PortMapper;
  private formed = false;

  constructor(private readonly options: RabbitmqClusterOptions) {
    super();
    const { definitions: _loadedOnceFormed, ...hooks } = options;
    this.portMapper = new PortMapper(hooks);
    const folderOf = (name: string): string => join(options.folder, name);
    const { portMapper } = this;
    const cluster = { cookie: randomBytes(16).toString('hex'), folders: NODES.map(folderOf), portMapper };
    const node = (name: string): PrivateRabbitmq =>
      new PrivateRabbitmq({ ...hooks, folder: folderOf(name), cluster });
    this.nodes = [node('a'), node('b'), node('c')];
  }

  /** Starts those that do not run. After a stop or kill of all, a node waits for those that may know more than it does. */
  async start(): Promise<void> {
    const stopped = this.nodes.filter((node) => !node.running);
    await settleAll(stopped.map((node) => startPatiently(node)));
    await this.whole();
    if (!this.formed) await this.form();
  }

  /** Waits until every node sees every other one. */
  async whole(): Promise<void> {
    const what = 'the nodes to see each other';
    const isWhole = async (): Promise<boolean> => (await Promise.all(this.nodes.map(seesAll))).every(Boolean);
    await eventually(isWhole, { what, within: JOIN_TIMEOUT_MS });
  }

  /** Those of the nodes that run come first. */
  urls(account?: Account, vhost?: string): readonly string[] {
    return this.runningFirst().flatMap((node) => node.urls(account, vhost));
  }

  get managementUrls(): readonly string[] {
    return this.runningFirst().flatMap((node) => node.managementUrls);
  }

  get running(): boolean {
    return this.nodes.some((node) => node.running);
  }

  async prepare(say: (line: string) => void): Promise<void> {
    await this.nodes[0].prepare(say);
  }

  async control(...command: readonly string[]): Promise<void> {
    await this.runningFirst()[0]?.control(...command);
  }

  /** The node of that name. @throws Error where there is none */
  nodeNamed(name: string): PrivateRabbitmq {
    const found = this.nodes.find((node) => node.name === name);
    if (found === undefined) throw new Error(`The cluster has no node ${name}.`);
    return found;
  }

  async stop(): Promise<void> {
    await settleAll(this.nodes.map((node) => node.stop()));
    await this.portMapper.stop();
  }

  /** Kills all nodes at once, as a power cut would. */
  async kill(): Promise<void> {
    await settleAll(this.nodes.map((node) => node.kill()));
  }

  /** Kills it and deletes its data. */
  async remove(): Promise<void> {
    await settleAll(this.nodes.map((node) => node.remove()));
    await this.portMapper.stop();
  }

  private runningFirst(): PrivateRabbitmq[] {
    return this.nodes.toSorted((one, other) => Number(other.running) - Number(one.running));
  }

  /**
   * A node takes connections a moment before its start has ended. A virtual host that is made in between is missing there, and
   * RabbitMQ 3.10 waits five minutes for it. @see https://github.com/rabbitmq/rabbitmq-server/pull/1556
   */
  private async form(): Promise<void> {
    await settleAll(this.nodes.map((node) => node.control('await_startup')));
    const { definitions } = this.options;
    // Not at the start of the nodes: a quorum queue that the first of them made would have no member on the others.
    if (definitions !== undefined) await this.management().post('definitions', definitions);
    this.formed = true;
  }
}

/**
 * As a supervisor would: RabbitMQ 3.10 may give up its boot when it asks another one that is just booting
 * for its feature flags.
 */
async function startPatiently(node: PrivateRabbitmq, attempts = START_ATTEMPTS): Promise<void> {
  try {
    await node.start();
  } catch (error) {
    if (attempts === 1 || !(error instanceof ProcessFailed)) throw error;
    // One that was merely slow still boots, and has the name and the folder that the next one needs.
    await node.kill();
    await startPatiently(node, attempts - 1);
  }
}

/** Whether the node sees all the others running. */
async function seesAll(node: PrivateRabbitmq): Promise<boolean> {
  const seen = await node.management().get<{ running: boolean }[]>('nodes');
  return seen.filter(({ running }) => running).length === NODES.length;
}
