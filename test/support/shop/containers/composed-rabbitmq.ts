import type { BrokerAccounts } from '@app/broker-admin';
import { connect } from 'amqplib';
import { answersHttp } from '../../../../infra/processes/probes';
import { type Account, addressed, RabbitmqServer } from '../../../../infra/rabbitmq/rabbitmq-server';
import { ComposedServer } from './composed-server';
import type { Container } from './container';
import { docker } from '../../../../infra/docker';

const AMQP = 5672;
const MANAGEMENT = 15672;

/** The broker in its containers, of one node or of several. */
export class ComposedRabbitmq extends RabbitmqServer {
  /** By their names, such as `rabbit@rabbitmq-2`. */
  readonly nodes: ReadonlyMap<string, ComposedServer>;
  readonly pid = undefined;

  constructor(
    containers: readonly Container[],
    private readonly accounts: BrokerAccounts,
  ) {
    super();
    const nodeOf = (container: Container) => new ComposedServer(container, () => this.serves(container));
    this.nodes = new Map(containers.map((container) => [`rabbit@${container.service}`, nodeOf(container)]));
  }

  urls(account: Account = this.accounts.administrator, vhost = this.accounts.vhost): readonly string[] {
    return this.wantedFirst().map((node) => amqpUrl(node, account, vhost));
  }

  get managementUrls(): readonly string[] {
    return this.wantedFirst().map((container) => `http://${container.address(MANAGEMENT)}`);
  }

  get running(): boolean {
    return this.wantedFirst().some((container) => container.running);
  }

  async prepare(): Promise<void> {
    // Compose starts it.
  }

  async control(...command: readonly string[]): Promise<void> {
    const [node] = this.wantedFirst();
    await docker(['exec', node?.id ?? '', 'rabbitmqctl', ...command]);
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

  /** Compose deletes its data with the project. */
  async remove(): Promise<void> {
    await this.kill();
  }

  private async all(work: (node: ComposedServer) => Promise<void>): Promise<void> {
    await Promise.all([...this.nodes.values()].map(work));
  }

  /** The nodes that are to run come first. */
  private wantedFirst(): Container[] {
    const containers = [...this.nodes.values()].map(({ container }) => container);
    return containers.sort((one, other) => Number(other.isWanted) - Number(one.isWanted));
  }

  /** Docker takes connections before the node does: only an answer tells. */
  private async serves(container: Container): Promise<boolean> {
    const { administrator, vhost } = this.accounts;
    try {
      await (await connect(amqpUrl(container, administrator, vhost))).close();
      return await answersHttp(`http://${container.address(MANAGEMENT)}`, 200);
    } catch {
      return false;
    }
  }
}

const amqpUrl = (container: Container, account: Account, vhost: string): string =>
  addressed(`amqp://${container.address(AMQP)}`, account, vhost);
