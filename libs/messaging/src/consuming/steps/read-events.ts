import { Delivery } from '@app/amqp';
import { CloudEvent, EventClass, orderVersionOf } from '@app/contracts';
import { HandledEvent } from '../../handlers/event-handlers';
import { contextOf } from '../../pipeline/context-of';
import { Received } from '../../pipeline/received';
import { compile } from './message-body';
import { dataOf, parseEvent } from './parse-event';
import { ReadStep } from './read-step';

/** Reads each message as an event, and finds its handler. An event that nobody here handles is done with. */
export class ReadEvents extends ReadStep {
  /** @throws UncompilableClass */
  constructor(private readonly handled: ReadonlyMap<string, HandledEvent>) {
    super();
    for (const type of [CloudEvent, ...eventClassesOf(handled)]) compile(type);
  }

  protected read({ queue, content, properties }: Delivery): Received | undefined {
    const event = parseEvent(content);
    const { id, type, subject } = event;
    const handled = this.handled.get(type);
    if (handled === undefined) return undefined;
    const data = dataOf(event, handled.eventClass);
    const order = orderVersionOf(data);
    const context = contextOf(properties, id);
    return { consumer: queue, id, type, subject, order, data, context, handler: handled.handler };
  }
}

const eventClassesOf = (handled: ReadonlyMap<string, HandledEvent>): EventClass[] =>
  [...handled.values()].map(({ eventClass }) => eventClass);
