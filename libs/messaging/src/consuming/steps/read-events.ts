import { Delivery } from '@app/amqp';
import { CloudEvent, EventClass, EventData, orderVersionOf } from '@app/contracts';
import { UnknownVersion } from '../../failures/invalid-message';
import { HandledEvent } from '../../handlers/event-handlers';
import { contextOf } from '../../pipeline/context-of';
import { Handler } from '../../pipeline/handler';
import { Received } from '../../pipeline/received';
import { compile } from './message-body';
import { dataOf, parseEvent } from './parse-event';
import { ReadStep } from './read-step';

/** Reads each message as an event, and finds its handler. An event without a handler here is ignored. */
export class ReadEvents extends ReadStep {
  /**
   * @param handled by type, the lowest major version first
   * @param ownSources the sources of our own services
   * @throws UncompilableClass
   */
  constructor(
    private readonly handled: ReadonlyMap<string, readonly HandledEvent[]>,
    private readonly ownSources: ReadonlySet<string>,
  ) {
    super();
    const classes = [...handled.values()].flat().flatMap(({ eventClass }) => versionsOf(eventClass));
    for (const type of [CloudEvent, ...classes]) compile(type);
  }

  /** The AMQP property, which every publisher of ours sets: known also of a message whose body cannot be read. */
  labelOf({ properties }: Delivery): string {
    const type: unknown = properties.type;
    return typeof type === 'string' && this.handled.has(type) ? type : 'other';
  }

  protected read({ queue, content, properties }: Delivery): Received | undefined {
    const event = parseEvent(content);
    const { type, subject } = event;
    const versions = this.handled.get(type);
    if (versions === undefined) return undefined;
    const { data, handler } = inVersionOf(event, versions);
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
      handler,
    };
  }

  /** Ids are unique for each source (CloudEvents 1.0, section 3.1.1); those of our own services are UUIDs, and enough. */
  private keyOf({ id, source }: CloudEvent): string {
    return this.ownSources.has(source) ? id : JSON.stringify([source, id]);
  }
}

/**
 * The data for the handler of its own version, or of the next one that it can be lifted to.
 * @throws UnknownVersion, InvalidData
 */
function inVersionOf(
  event: CloudEvent,
  versions: readonly HandledEvent[],
): { readonly data: EventData; readonly handler: Handler } {
  for (const { eventClass, handler } of versions) {
    const data = dataOf(event, eventClass);
    if (data !== undefined) return { data, handler };
  }
  throw new UnknownVersion(`This service does not know data of schema ${event.dataschema}`);
}

/** The class, and those whose data is lifted to it. */
const versionsOf = (eventClass: EventClass): EventClass[] => [
  eventClass,
  ...(eventClass.previous === undefined ? [] : versionsOf(eventClass.previous.eventClass)),
];
