import { EventClass, EventData, Exchange } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ON_EVENT } from './on-event.decorator';

/** A subscriber's method, bound to its instance. */
export interface RegisteredHandler {
  /** `OrderEmails.received`, for logs. */
  readonly name: string;
  readonly eventClass: EventClass;
  handle(event: EventData): Promise<void>;
}

/** Two methods of one service want the same event; one queue delivers it once, so it would be unclear who handles it. */
export class DuplicateEventHandler extends Error {
  readonly code = 'DUPLICATE_EVENT_HANDLER';

  constructor(type: string, first: string, second: string) {
    super(`${first} and ${second} both handle ${type}; let one of them do it, or call both from one.`);
  }
}

/** Finds every `@OnEvent` method among the service's providers. */
@Injectable()
export class EventHandlers {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** The handlers of an exchange's events, by event type. */
  of(exchange: Exchange): ReadonlyMap<string, RegisteredHandler> {
    const handlers = new Map<string, RegisteredHandler>();
    for (const handler of this.all()) {
      if (handler.eventClass.exchange !== exchange) continue;
      const { type } = handler.eventClass;
      const other = handlers.get(type);
      if (other !== undefined) throw new DuplicateEventHandler(type, other.name, handler.name);
      handlers.set(type, handler);
    }
    return handlers;
  }

  private all(): RegisteredHandler[] {
    return this.discovery.getProviders().flatMap(({ instance, metatype }) => {
      if (!isObject(instance) || metatype === null) return [];
      return this.scanner
        .getAllMethodNames(Reflect.getPrototypeOf(instance))
        .flatMap((method) => this.handlerOf(instance, method) ?? []);
    });
  }

  private handlerOf(instance: object, method: string): RegisteredHandler | undefined {
    const callback: unknown = Reflect.get(instance, method);
    if (typeof callback !== 'function') return undefined;
    const eventClass = this.reflector.get<EventClass | undefined>(ON_EVENT, callback);
    if (eventClass === undefined) return undefined;
    return {
      name: `${instance.constructor.name}.${method}`,
      eventClass,
      handle: async (event) => {
        await callback.call(instance, event);
      },
    };
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
