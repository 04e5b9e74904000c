import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';

/** A provider's method that carries some metadata, bound to its instance. */
export interface DiscoveredMethod<Metadata> {
  /** `OrderEmails.received`, for logs. */
  readonly name: string;
  readonly metadata: Metadata;
  readonly call: (argument: object) => Promise<unknown>;
}

/** Finds the methods of the service's providers that a decorator has marked. */
@Injectable()
export class HandlerDiscovery {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  methodsWith<Metadata>(key: symbol): DiscoveredMethod<Metadata>[] {
    return this.instances().flatMap((instance) =>
      this.scanner
        .getAllMethodNames(Reflect.getPrototypeOf(instance))
        .flatMap((method) => this.discovered<Metadata>(instance, method, key) ?? []),
    );
  }

  /** Each once, under however many tokens it is provided (`useExisting`). */
  private instances(): object[] {
    const instances = this.discovery
      .getProviders()
      .flatMap(({ instance, metatype }) => (isObject(instance) && metatype !== null ? [instance] : []));
    return [...new Set(instances)];
  }

  private discovered<Metadata>(
    instance: object,
    method: string,
    key: symbol,
  ): DiscoveredMethod<Metadata> | undefined {
    const callback: unknown = Reflect.get(instance, method);
    if (typeof callback !== 'function') return undefined;
    const metadata = this.reflector.get<Metadata | undefined>(key, callback);
    if (metadata === undefined) return undefined;
    const call = async (argument: object): Promise<unknown> => {
      const answer: unknown = await callback.call(instance, argument);
      return answer;
    };
    return { name: `${instance.constructor.name}.${method}`, metadata, call };
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
