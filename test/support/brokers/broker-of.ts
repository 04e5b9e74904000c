import { join, resolve } from 'node:path';
import { rmSync } from 'node:fs';
import { ProcessLedger } from '../../../infra/processes/process-ledger';
import { handOver } from '../addresses';
import { type BrokerKind, SETTING } from '../setting';
import { ContainerBroker } from './container-broker';
import { GivenBroker } from './given-broker';
import { RabbitmqCluster } from './rabbitmq-cluster';
import { SingleNode } from './single-node';
import type { TestBroker } from './test-broker';

interface Home {
  readonly folder: string;
  readonly ledger: ProcessLedger;
}

const BROKERS: Readonly<Record<BrokerKind, (home: Home) => TestBroker>> = {
  single: (home) => new SingleNode(home),
  cluster: (home) => new RabbitmqCluster(home),
  container: () => new ContainerBroker(),
  given: () => new GivenBroker(),
};

/** A broker of the kind that the run is about. */
export const brokerOf = ({ folder, ledger }: Home): TestBroker =>
  BROKERS[SETTING.broker]({ folder: join(folder, 'rabbitmq'), ledger });

/** One more broker of that kind, which a spec may stop and kill, since no other spec uses it. */
export class OwnBroker {
  private constructor(
    readonly broker: TestBroker,
    private readonly folder: string,
    private readonly ledger: ProcessLedger,
  ) {}

  /** Starts it. From now on the virtual hosts of this spec file are made on it. */
  static async start(): Promise<OwnBroker> {
    const folder = resolve('.data', 'test', `${process.pid}-own-broker`);
    const ledger = new ProcessLedger(folder);
    await ledger.take();
    globalThis.onExit?.(() => ledger.killAll());
    const broker = brokerOf({ folder, ledger });
    await broker.start();
    handOver({ rabbitmq: broker });
    return new OwnBroker(broker, folder, ledger);
  }

  async remove(): Promise<void> {
    await this.broker.remove();
    this.ledger.release();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
