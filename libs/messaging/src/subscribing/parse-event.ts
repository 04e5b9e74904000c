import { CloudEvent, EventClass, EventData, isKnownSchema } from '@app/contracts';
import { plainToInstance } from 'class-transformer';
import { ValidationError, validateSync } from 'class-validator';
import {
  InvalidData,
  InvalidEnvelope,
  UnknownVersion,
  UnparseableMessage,
} from '../failures/invalid-message';

/**
 * Reads a message body as a CloudEvent; its data is not looked at yet.
 * @throws UnparseableMessage, InvalidEnvelope
 */
export function parseEvent(content: Buffer): CloudEvent {
  const event = plainToInstance(CloudEvent, parseObject(content));
  const errors = validateSync(event);
  if (errors.length > 0) throw new InvalidEnvelope(`Not a CloudEvents 1.0 envelope: ${describe(errors)}`);
  return event;
}

/**
 * The event's data as an instance of its class. Members that the class does not know are dropped: a newer publisher may send them.
 * @throws UnknownVersion, InvalidData
 */
export function dataOf<Data extends EventData>(event: CloudEvent, eventClass: EventClass<Data>): Data {
  if (!isKnownSchema(event.type, event.dataschema)) {
    throw new UnknownVersion(`This service does not know data of schema ${event.dataschema}`);
  }
  const data = plainToInstance(eventClass, event.data);
  const errors = validateSync(data, { whitelist: true });
  if (errors.length > 0) throw new InvalidData(`Not valid data of ${event.type}: ${describe(errors)}`);
  return data;
}

function parseObject(content: Buffer): object {
  let body: unknown;
  try {
    body = JSON.parse(content.toString('utf8'));
  } catch (error) {
    throw new UnparseableMessage('The body is not JSON', { cause: error });
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InvalidEnvelope('The body is not a JSON object');
  }
  return body;
}

/** Names the paths and rules, never the values: they are personal data. */
function describe(errors: readonly ValidationError[], parent = ''): string {
  return errors
    .flatMap(({ property, constraints, children }) => {
      const path = `${parent}${property}`;
      const own = Object.values(constraints ?? {}).map((text) => `${parent}${text}`);
      return children?.length ? [...own, describe(children, `${path}.`)] : own;
    })
    .join('; ');
}
