import { CloudEvent, EventClass, EventData, isKnownSchema } from '@app/contracts';
import { InvalidData, InvalidEnvelope, UnknownVersion } from '../../failures/invalid-message';
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
 * The event's data as an instance of its class.
 * @throws UnknownVersion, InvalidData
 */
export function dataOf<Data extends EventData>(event: CloudEvent, eventClass: EventClass<Data>): Data {
  if (!isKnownSchema(event.type, event.dataschema)) {
    throw new UnknownVersion(`This service does not know data of schema ${event.dataschema}`);
  }
  const checked = check(event.data, eventClass);
  if ('problems' in checked) throw new InvalidData(`Not valid data of ${event.type}: ${checked.problems}`);
  return checked.instance;
}
