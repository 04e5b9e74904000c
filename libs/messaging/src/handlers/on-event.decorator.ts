import { EventClass, EventData } from '@app/contracts';
import { SetMetadata } from '@nestjs/common';

/** The metadata key under which a method's event class is kept. */
export const ON_EVENT = Symbol('on event');

type EventHandler<Data> = (event: Data) => Promise<void>;

/**
 * Marks the method that handles an event. It gets valid data, and reports by resolving or rejecting:
 * resolved, the message is acknowledged; rejected, it is retried later, or at once a dead letter for a `PermanentError`.
 * The method's parameter must be the event's class; the compiler checks that.
 */
export function OnEvent<Data extends EventData>(eventClass: EventClass<Data>) {
  return (target: object, name: string, method: TypedPropertyDescriptor<EventHandler<Data>>): void => {
    SetMetadata(ON_EVENT, eventClass)(target, name, method);
  };
}
