import { join } from 'node:path';
import type { ProcessLedger } from '../../infra/processes/process-ledger';
import { ContainerRabbitmq } from '../../infra/rabbitmq/container-rabbitmq';
import { GivenRabbitmq } from '../../infra/rabbitmq/given-rabbitmq';
import { PrivateRabbitmq } from '../../infra/rabbitmq/private-rabbitmq';
import { RabbitmqCluster } from '../../infra/rabbitmq/rabbitmq-cluster';
import type { RabbitmqServer } from '../../infra/rabbitmq/rabbitmq-server';
import { handOver } from './addresses';
import type { BrokerKind } from '../../tools/conformance/settings';
import { SETTING } from './setting';
import { TestFolder } from './test-folder';

interface Home {
  readonly folder: string;
  readonly ledger: ProcessLedger;
}

/** Lesson 18 is about it. No node of the suite itself has it. */
const PLUGINS = ['rabbitmq_consistent_hash_exchange'];

const SERVERS: Readonly<Record<BrokerKind, (home: Home) => RabbitmqServer>> = {
  single: (home) => new PrivateRabbitmq({ ...home, plugins: PLUGINS }),
  cluster: (home) => new RabbitmqCluster(home),
  container: (home) =>
    new ContainerRabbitmq({ ...home, image: process.env.CONFORMANCE_IMAGE, outlivesUs: false }),
  given: () => new GivenRabbitmq(listIn('CONFORMANCE_BROKER_URL'), listIn('CONFORMANCE_MANAGEMENT_URL')),
};

/** A RabbitMQ of the kind that the run is about. */
export const rabbitmqOf = ({ folder, ledger }: Home): RabbitmqServer =>
  SERVERS[SETTING.broker]({ folder: join(folder, 'rabbitmq'), ledger });

/** One more of that kind, which a spec may stop and kill, since no other spec uses it. */
export class OwnRabbitmq {
  private constructor(
    readonly server: RabbitmqServer,
    private readonly folder: TestFolder,
  ) {}

  /** Starts it. From now on the virtual hosts of this spec file are made on it. */
  static async start(): Promise<OwnRabbitmq> {
    const folder = await TestFolder.take('own-rabbitmq');
    const server = rabbitmqOf({ folder: folder.path, ledger: folder.ledger });
    await server.start();
    handOver({ rabbitmq: server });
    return new OwnRabbitmq(server, folder);
  }

  async remove(): Promise<void> {
    await this.server.remove();
    this.folder.remove();
  }
}

/** One URL for each node, comma-separated. */
function listIn(variable: string): readonly string[] {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set`);
  return value.split(',');
}
