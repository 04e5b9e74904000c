import type { Exit } from '../../../../infra/processes/managed-process';
import { answersHttp } from '../../../../infra/processes/probes';
import { eventually } from '../../../../infra/eventually';
import type { RunningService } from '../deployment';
import type { Container } from './container';

/** On a cluster, eleven services that start at the same time share the processors with three nodes. */
const READY_TIMEOUT_MS = 180_000;

/** Where a service is asked: a container, and its port there. */
export interface Door {
  readonly container: Container;
  readonly port: number;
}

/** A service in one container, or in several that do the same: they are stopped, killed and started together. */
export class ComposedService implements RunningService {
  /** @param door through which it is asked; that of its first container where absent */
  constructor(
    readonly name: string,
    private readonly replicas: readonly Door[],
    private readonly door?: Door,
  ) {}

  get url(): string {
    return urlOf(this.door ?? this.first);
  }

  get pid(): number | undefined {
    return this.first.container.pid;
  }

  get running(): boolean {
    return this.replicas.some(({ container }) => container.running);
  }

  async start(): Promise<void> {
    await this.launch();
    await this.ready();
  }

  async launch(): Promise<void> {
    await this.all((container) => container.start());
  }

  async ready(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => untilReady(replica)));
    if (this.door !== undefined) await untilReady(this.door);
  }

  /** How the first of them ended that did not end well. */
  async stop(): Promise<Exit | undefined> {
    return worstOf(await this.all((container) => container.stop()));
  }

  async kill(signal?: NodeJS.Signals): Promise<Exit | undefined> {
    return worstOf(await this.all((container) => container.kill(signal)));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async pause(): Promise<void> {
    await this.all((container) => container.pause());
  }

  async resume(): Promise<void> {
    await this.all((container) => container.resume());
  }

  private get first(): Door {
    const [first] = this.replicas;
    if (first === undefined) throw new Error(`There is no container of ${this.name}.`);
    return first;
  }

  private all<T>(work: (container: Container) => Promise<T>): Promise<T[]> {
    return Promise.all(this.replicas.map(({ container }) => work(container)));
  }
}

const urlOf = ({ container, port }: Door): string => `http://${container.address(port)}`;

const worstOf = (exits: readonly Exit[]): Exit | undefined =>
  exits.find(({ code }) => code !== 0) ?? exits[0];

/** @throws Error that shows the end of its log, as soon as it ends */
async function untilReady(door: Door): Promise<void> {
  const { container } = door;
  const isDecided = async (): Promise<boolean> =>
    (await answersHttp(`${urlOf(door)}/health/ready`, 200)) || !container.running;
  await eventually(isDecided, { what: `${container.service} to become ready`, within: READY_TIMEOUT_MS });
  if (!container.running)
    throw new Error(`${container.service} ended instead of becoming ready:\n${await container.tail()}`);
}
