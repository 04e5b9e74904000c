import { CloudEvent, EventClass, EventData, isSchemaOf, schemaPathOf } from '@app/contracts';
import { InvalidData, InvalidEnvelope } from '../../failures/invalid-message';
import { check, parseJson } from './message-body';

/**
 * Reads a message body as a CloudEvent; its data is not looked at yet.
 * @throws UnparseableMessage, InvalidEnvelope
 */
export function parseEvent(content: Buffer): CloudEvent {
  const checked = check(parseJson(content), CloudEvent);
  if ('problems' in checked) throw new InvalidEnvelope(`Not a CloudEvents 1.0 envelope: ${checked.problems}`);
  return checked.instance;
}

/**
 * The event's data as an instance of the class; data of an earlier major version is lifted to it. Undefined where the data has a
 * version that the class cannot be made of.
 * @throws InvalidData
 */
export function dataOf<Data extends EventData>(
  event: CloudEvent,
  eventClass: EventClass<Data>,
): Data | undefined {
  if (isSchemaOf(eventClass, event.dataschema)) return validData(event.data, eventClass);
  const { previous } = eventClass;
  if (previous === undefined) return undefined;
  const earlier = dataOf(event, previous.eventClass);
  return earlier && validData(previous.lift(earlier), eventClass);
}

function validData<Data extends EventData>(data: unknown, eventClass: EventClass<Data>): Data {
  const checked = check(data, eventClass);
  if ('problems' in checked)
    throw new InvalidData(`Not valid data of ${schemaPathOf(eventClass)}: ${checked.problems}`);
  return checked.instance;
}
