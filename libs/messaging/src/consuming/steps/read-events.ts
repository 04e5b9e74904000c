import { Delivery } from '@app/amqp';
import { CloudEvent, EventClass, orderVersionOf } from '@app/contracts';
import { HandledEvent } from '../../handlers/event-handlers';
import { contextOf } from '../../pipeline/context-of';
import { Received } from '../../pipeline/received';
import { compile } from './message-body';
import { dataOf, parseEvent } from './parse-event';
import { ReadStep } from './read-step';

/** Reads each message as an event, and finds its handler. An event without a handler here is done. */
export class ReadEvents extends ReadStep {
  /**
   * @param ownSources the sources of our own services
   * @throws UncompilableClass
   */
  constructor(
    private readonly handled: ReadonlyMap<string, HandledEvent>,
    private readonly ownSources: ReadonlySet<string>,
  ) {
    super();
    for (const type of [CloudEvent, ...eventClassesOf(handled)]) compile(type);
  }

  protected read({ queue, content, properties }: Delivery): Received | undefined {
    const event = parseEvent(content);
    const { type, subject } = event;
    const handled = this.handled.get(type);
    if (handled === undefined) return undefined;
    const data = dataOf(event, handled.eventClass);
    const order = orderVersionOf(data);
    const context = contextOf(properties, event.id);
    return {
      consumer: queue,
      id: this.keyOf(event),
      type,
      subject,
      order,
      data,
      context,
      handler: handled.handler,
    };
  }

  /** Ids are unique for each source (CloudEvents 1.0, section 3.1.1); those of our own services are UUIDs, and enough. */
  private keyOf({ id, source }: CloudEvent): string {
    return this.ownSources.has(source) ? id : JSON.stringify([source, id]);
  }
}

const eventClassesOf = (handled: ReadonlyMap<string, HandledEvent>): EventClass[] =>
  [...handled.values()].map(({ eventClass }) => eventClass);
