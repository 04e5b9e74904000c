import { EventClass } from '@app/contracts';
import { WorkContext } from '@app/service';
import { SetMetadata } from '@nestjs/common';

/** The metadata key under which a method's event classes are kept. */
export const ON_EVENTS = Symbol('on events');

/** An event as an `@OnEvents` method gets it: `type` says whose `data` it is. */
export type ReceivedEvent<Class extends EventClass = EventClass> =
  Class extends EventClass<infer Data>
    ? {
        /** As in `idempotencyKey`: with the event's source where that is none of our services. */
        readonly id: string;
        readonly type: Class['type'];
        readonly data: Data;
        /** The work that the event comes from; what is published or logged because of it runs in this context. */
        readonly context: WorkContext;
      }
    : never;

/** What an `@OnEvents` method answers for one event: done, or refused with the reason. */
export type EventOutcome = 'done' | { readonly refused: Error };

type BatchMethod<Event> = (events: readonly Event[]) => Promise<readonly EventOutcome[]>;

/**
 * Marks the method that handles all events of a batch together, in their order of arrival: for handlers that lock shared rows,
 * or gain from one statement. It answers with one outcome for each event, in their order. A refused event must have left no
 * trace; it goes its own way (retry, or dead letters for a `PermanentError`), and the others are committed. When the method
 * rejects, everything is rolled back, and each event is handled alone.
 */
export function OnEvents<Classes extends readonly [EventClass, ...EventClass[]]>(...eventClasses: Classes) {
  return (
    target: object,
    name: string,
    method: TypedPropertyDescriptor<BatchMethod<ReceivedEvent<Classes[number]>>>,
  ): void => {
    SetMetadata(ON_EVENTS, eventClasses)(target, name, method);
  };
}
