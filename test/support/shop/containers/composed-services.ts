import { SERVICES } from '../../../../tools/launcher/suite/service-descriptions';
import type { RunningService, RunningServices } from '../deployment';
import type { Compose } from './compose';
import { ComposedService, type Door } from './composed-service';
import type { Container } from './container';
import type { Containers } from './containers-of';

/** The proxy in front of a cluster's replicas of the order API. */
const PROXY = { service: 'nginx', behind: 'order-api', port: 8080 } as const;

/** The services of a composed suite. */
export class ComposedServices implements RunningServices {
  private readonly services: ReadonlyMap<string, RunningService>;
  /** Those that tests have added. */
  private readonly added: Container[] = [];

  constructor(
    private readonly compose: Compose,
    private readonly containers: Containers,
  ) {
    const names = SERVICES.map(({ name }) => name);
    this.services = new Map(names.map((name) => [name, this.create(name, containers.get(name) ?? [])]));
  }

  get(name: string): RunningService {
    const service = this.services.get(name);
    if (service === undefined) throw new Error(`There is no service ${name}.`);
    return service;
  }

  async startReplica(name: string): Promise<RunningService> {
    const known = new Set([...(this.containers.get(name) ?? []), ...this.added].map(({ id }) => id));
    const before = (await this.containersOf(name)).length;
    const scale = ['--scale', `${name}=${before + 1}`, name];
    await this.compose.run('up', '--detach', '--no-deps', '--no-recreate', ...scale);
    const found = (await this.containersOf(name)).filter(({ id }) => !known.has(id));
    this.added.push(...found);
    const replica = this.create(name, found);
    await replica.ready();
    return replica;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.stop()));
    await Promise.all(this.added.map((container) => container.stop()));
  }

  get crashes(): readonly string[] {
    const all = [...SERVICES.flatMap(({ name }) => this.containers.get(name) ?? []), ...this.added];
    return all.flatMap(({ crashes }) => crashes);
  }

  private async containersOf(name: string): Promise<readonly Container[]> {
    return (await this.compose.containers()).get(name) ?? [];
  }

  private create(name: string, containers: readonly Container[]): ComposedService {
    const port = SERVICES.find((service) => service.name === name)?.port ?? NaN;
    const replicas = containers.map((container): Door => ({ container, port }));
    const [proxy] = this.containers.get(PROXY.service) ?? [];
    const behindProxy = proxy !== undefined && name === PROXY.behind;
    return new ComposedService(
      name,
      replicas,
      behindProxy ? { container: proxy, port: PROXY.port } : undefined,
    );
  }
}
