import { EventClass, Exchange, schemaPathOf } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { Handler } from '../pipeline/handler';
import { BatchHandler } from './batch-handler';
import { HandlerDiscovery } from './handler-discovery';
import { ON_EVENT } from './on-event.decorator';
import { ON_EVENTS } from './on-events.decorator';
import { SingleHandler } from './single-handler';
import { SubscriptionMissing } from './subscription-missing';

/** Two methods of one service want the same event; one queue delivers it once, so it would be unclear which one handles it. */
export class DuplicateEventHandler extends Error {
  readonly code = 'DUPLICATE_EVENT_HANDLER';

  constructor(type: string, first: string, second: string) {
    super(`${first} and ${second} both handle ${type}; let one of them do it, or call both from one.`);
  }
}

/** A service listens to an exchange and handles none of its events: it would acknowledge them all, and do nothing. */
export class EventHandlerMissing extends Error {
  readonly code = 'EVENT_HANDLER_MISSING';

  constructor(exchange: string) {
    super(
      `No provider has an @OnEvent or @OnEvents method for an event of ${exchange}, though the service listens to it.`,
    );
  }
}

/** A major version of an event, and the method that handles it. */
export interface HandledEvent {
  readonly eventClass: EventClass;
  readonly handler: Handler;
}

/** Every `@OnEvent` and `@OnEvents` method among the service's providers. */
@Injectable()
export class EventHandlers {
  private readonly subscribed = new Set<Exchange>();

  constructor(private readonly discovery: HandlerDiscovery) {}

  /**
   * The events of an exchange that are handled, by their type; of each type the lowest major version first.
   * @throws DuplicateEventHandler, EventHandlerMissing
   */
  of(exchange: Exchange): ReadonlyMap<string, readonly HandledEvent[]> {
    this.subscribed.add(exchange);
    const handled = new Map<string, readonly HandledEvent[]>();
    for (const event of this.all()) {
      const { type } = event.eventClass;
      if (event.eventClass.exchange === exchange) handled.set(type, withVersion(event, handled.get(type)));
    }
    if (handled.size === 0) throw new EventHandlerMissing(exchange.name);
    return handled;
  }

  /** Once every subscription is made. @throws SubscriptionMissing */
  assertAllSubscribed(): void {
    for (const { handler, eventClass } of this.all()) {
      const { type, exchange } = eventClass;
      if (!this.subscribed.has(exchange))
        throw new SubscriptionMissing(
          handler.name,
          `${type} of ${exchange.name}`,
          'MessagingModule.subscribe',
        );
    }
  }

  private all(): HandledEvent[] {
    return [...this.single(), ...this.batches()];
  }

  private single(): HandledEvent[] {
    return this.discovery.methodsWith<EventClass>(ON_EVENT).map(({ name, metadata, call }) => ({
      eventClass: metadata,
      handler: new SingleHandler(name, call),
    }));
  }

  /** One handler for all types of a method, so that a batch of several types stays together. */
  private batches(): HandledEvent[] {
    return this.discovery
      .methodsWith<readonly EventClass[]>(ON_EVENTS)
      .flatMap(({ name, metadata, call }) => {
        const handler = new BatchHandler(name, call);
        return metadata.map((eventClass) => ({ eventClass, handler }));
      });
  }
}

/** @throws DuplicateEventHandler */
function withVersion(event: HandledEvent, others: readonly HandledEvent[] = []): readonly HandledEvent[] {
  const path = schemaPathOf(event.eventClass);
  const same = others.find(({ eventClass }) => schemaPathOf(eventClass) === path);
  if (same !== undefined) throw new DuplicateEventHandler(path, same.handler.name, event.handler.name);
  return [...others, event].sort((one, other) => versionOf(one) - versionOf(other));
}

const versionOf = ({ eventClass: { majorVersion = 1 } }: HandledEvent): number => majorVersion;
