import { EventClass, Exchange } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { DiscoveredMethod, HandlerDiscovery } from './handler-discovery';
import { ON_EVENT } from './on-event.decorator';

/** Two methods of one service want the same event; one queue delivers it once, so it would be unclear who handles it. */
export class DuplicateEventHandler extends Error {
  readonly code = 'DUPLICATE_EVENT_HANDLER';

  constructor(type: string, first: string, second: string) {
    super(`${first} and ${second} both handle ${type}; let one of them do it, or call both from one.`);
  }
}

export type EventHandler = DiscoveredMethod<EventClass>;

/** Every `@OnEvent` method among the service's providers. */
@Injectable()
export class EventHandlers {
  constructor(private readonly discovery: HandlerDiscovery) {}

  /**
   * The handlers of an exchange's events, by event type.
   * @throws DuplicateEventHandler
   */
  of(exchange: Exchange): ReadonlyMap<string, EventHandler> {
    const handlers = new Map<string, EventHandler>();
    for (const handler of this.discovery.methodsWith<EventClass>(ON_EVENT)) {
      if (handler.metadata.exchange !== exchange) continue;
      const { type } = handler.metadata;
      const other = handlers.get(type);
      if (other !== undefined) throw new DuplicateEventHandler(type, other.name, handler.name);
      handlers.set(type, handler);
    }
    return handlers;
  }
}
