import { connect } from 'amqplib';
import { answersHttp } from '../../../../infra/processes/probes';
import type { Accounts } from '../../../../tools/launcher/suite/accounts';
import type { RunningBroker } from '../deployment';
import { ComposedServer } from './composed-server';
import type { Container } from './container';
import { docker } from './docker';

const AMQP = 5672;
const MANAGEMENT = 15672;

/** The broker, of one node or of several. */
export class ComposedBroker implements RunningBroker {
  readonly nodes: ReadonlyMap<string, ComposedServer>;

  constructor(
    containers: readonly Container[],
    private readonly accounts: Pick<Accounts, 'vhost' | 'administrator'>,
  ) {
    const nodeOf = (container: Container) => new ComposedServer(container, () => this.serves(container));
    this.nodes = new Map(containers.map((container) => [`rabbit@${container.service}`, nodeOf(container)]));
  }

  url(user: string, password: string, vhost = this.accounts.vhost): string {
    return urlOf(this.wanted, { name: user, password }, vhost);
  }

  get managementUrl(): string {
    return `http://${this.wanted.address(MANAGEMENT)}`;
  }

  async control(...command: readonly string[]): Promise<void> {
    await docker(['exec', this.wanted.id, 'rabbitmqctl', ...command]);
  }

  /** All nodes at once: the one that was last to go is waited for by the others. */
  async start(): Promise<void> {
    await this.all((node) => node.start());
  }

  async stop(): Promise<void> {
    await this.all((node) => node.stop());
  }

  async kill(): Promise<void> {
    await this.all((node) => node.kill());
  }

  private async all(work: (node: ComposedServer) => Promise<void>): Promise<void> {
    await Promise.all([...this.nodes.values()].map(work));
  }

  /** A node that is to run; any, when none is. */
  private get wanted(): Container {
    const containers = [...this.nodes.values()].map(({ container }) => container);
    const [found] = [...containers.filter(({ isWanted }) => isWanted), ...containers];
    if (found === undefined) throw new Error('There is no node.');
    return found;
  }

  /** Docker takes connections before the node does: only an answer tells. */
  private async serves(container: Container): Promise<boolean> {
    const { administrator, vhost } = this.accounts;
    try {
      await (await connect(urlOf(container, administrator, vhost))).close();
      return await answersHttp(`http://${container.address(MANAGEMENT)}`, 200);
    } catch {
      return false;
    }
  }
}

function urlOf(container: Container, user: Accounts['administrator'], vhost: string): string {
  return `amqp://${user.name}:${user.password}@${container.address(AMQP)}/${encodeURIComponent(vhost)}`;
}
