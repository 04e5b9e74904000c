import { join } from 'node:path';
import { freePort, portFrom } from '../../../infra/processes/ports';
import { settleAll } from '../../../infra/settle-all';
import { SERVICES, type ServiceDescription } from './service-descriptions';
import type { ProcessWatch } from './process-watch';
import { environmentOf, type Surroundings, topologyVariables } from './service-environment';
import { ServiceProcess } from './service-process';
import { justDo, type SuiteOptions } from './suite-options';

export interface ServicesOptions extends Pick<
  SuiteOptions,
  'ports' | 'env' | 'step' | 'without' | 'nodeOptions'
> {
  /** Where the built services are. */
  readonly appsFolder: string;
  readonly watch: ProcessWatch;
}

/** What works on the broker's queues can share that work. */
export const SCALABLE = SERVICES.filter(({ needs }) => needs.includes('RABBITMQ_URL')).map(
  ({ name }) => name,
);

/** The services of the suite, each a process of its own. */
export class Services {
  private readonly services = new Map<string, ServiceProcess>();
  private readonly replicas = new Map<string, ServiceProcess>();

  private constructor(
    private readonly options: ServicesOptions,
    private readonly surroundings: Surroundings,
  ) {}

  /** Makes them, and starts none. The ports come first: a service may have to know another's. */
  static async create(
    options: ServicesOptions,
    surroundings: Omit<Surroundings, 'smsUrl'>,
  ): Promise<Services> {
    const ports = new Map<string, number>();
    for (const { name, port } of SERVICES) {
      ports.set(name, await portFrom(options.ports === 'preferred' ? port : undefined));
    }
    const smsUrl = `http://127.0.0.1:${ports.get('sms-gateway')}`;
    const services = new Services(options, { ...surroundings, smsUrl });
    for (const service of SERVICES) {
      services.services.set(service.name, services.create(service, ports.get(service.name) ?? service.port));
    }
    return services;
  }

  /** How their queues were chosen. */
  get topologyVariables(): Record<string, string> {
    return topologyVariables(this.surroundings);
  }

  /** @throws Error when there is no such service */
  get(name: string): ServiceProcess {
    const service = this.services.get(name);
    if (service === undefined) throw new Error(`There is no service ${name}.`);
    return service;
  }

  /** All processes, replicas included. */
  all(): ServiceProcess[] {
    return [...this.services.values(), ...this.replicas.values()];
  }

  /** Makes one more process of a service, on a port of its own, and does not start it: `email-2`, `email-3` … */
  async createReplica(service: string): Promise<ServiceProcess> {
    const description = SERVICES.find(({ name }) => name === service);
    if (description === undefined) throw new Error(`There is no service ${service}.`);
    const port = await freePort();
    let number = 2;
    while (this.replicas.has(`${service}-${number}`)) number += 1;
    const replica = this.create(description, port, `${service}-${number}`);
    this.replicas.set(replica.name, replica);
    return replica;
  }

  /** Its name can be given again. */
  forgetReplica(name: string): void {
    this.replicas.delete(name);
  }

  /** Starts one more process of a service, on a port of its own. */
  async startReplica(service: string): Promise<ServiceProcess> {
    const replica = await this.createReplica(service);
    await replica.start();
    return replica;
  }

  async start(): Promise<void> {
    const { step = justDo, without = [] } = this.options;
    const wanted = [...this.services.values()].filter(({ name }) => !without.includes(name));
    const started = wanted.map((service) => step(service.name, () => service.start()));
    await settleAll(started, () => this.stop());
  }

  async stop(): Promise<void> {
    await settleAll(this.all().map((service) => service.stop()));
  }

  private create(service: ServiceDescription, port: number, name = service.name): ServiceProcess {
    const { env, appsFolder, watch, nodeOptions } = this.options;
    return new ServiceProcess({
      name,
      nodeOptions: nodeOptions?.(name) ?? ['--enable-source-maps'],
      entry: join(appsFolder, service.name, 'src', 'main.js'),
      port,
      env: () => ({ ...environmentOf(service, this.surroundings), ...env?.[service.name] }),
      hooks: watch.hooksFor(name),
    });
  }
}
