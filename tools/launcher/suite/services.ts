import { join } from 'node:path';
import { freePort, portFrom } from '../processes/ports';
import { settleAll } from '../settle-all';
import { SERVICES, type ServiceDescription } from './service-descriptions';
import type { ProcessWatch } from './process-watch';
import { environmentOf, type Surroundings } from './service-environment';
import { ServiceProcess } from './service-process';
import { justDo, type SuiteOptions } from './suite-options';

export interface ServicesOptions extends Pick<SuiteOptions, 'ports' | 'env' | 'step'> {
  /** Where the built services are. */
  readonly appsFolder: string;
  readonly watch: ProcessWatch;
}

/** The services of the suite, each a process of its own. */
export class Services {
  private readonly services = new Map<string, ServiceProcess>();
  private readonly replicas: ServiceProcess[] = [];

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
      ports.set(name, options.ports === 'preferred' ? await portFrom(port) : await freePort());
    }
    const smsUrl = `http://127.0.0.1:${ports.get('sms-gateway')}`;
    const services = new Services(options, { ...surroundings, smsUrl });
    for (const service of SERVICES) {
      services.services.set(service.name, services.create(service, ports.get(service.name) ?? service.port));
    }
    return services;
  }

  /** @throws Error when there is no such service */
  get(name: string): ServiceProcess {
    const service = this.services.get(name);
    if (service === undefined) throw new Error(`There is no service ${name}.`);
    return service;
  }

  /** Starts one more process of a service, on a port of its own. */
  async startReplica(name: string): Promise<ServiceProcess> {
    const service = SERVICES.find((description) => description.name === name);
    if (service === undefined) throw new Error(`There is no service ${name}.`);
    const replica = this.create(service, await freePort());
    this.replicas.push(replica);
    await replica.start();
    return replica;
  }

  async start(): Promise<void> {
    const { step = justDo } = this.options;
    const started = [...this.services.values()].map((service) => step(service.name, () => service.start()));
    await settleAll(started, () => this.stop());
  }

  async stop(): Promise<void> {
    await settleAll([...this.services.values(), ...this.replicas].map((service) => service.stop()));
  }

  private create(service: ServiceDescription, port: number): ServiceProcess {
    const { env, appsFolder, watch } = this.options;
    const { name } = service;
    return new ServiceProcess({
      name,
      entry: join(appsFolder, name, 'src', 'main.js'),
      port,
      env: () => ({ ...environmentOf(service, this.surroundings), ...env?.[name] }),
      hooks: watch.hooksFor(name),
    });
  }
}
