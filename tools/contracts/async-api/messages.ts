import {
  ALERT_EXAMPLE,
  ANSWER_EXAMPLE,
  CLOUD_EVENT_CONTENT_TYPE,
  type CloudEvent,
  dataSchemaOf,
  EVENT_EXAMPLES,
  type EventExample,
  type MessageExample,
  QUESTION_EXAMPLE,
  sourceOf,
  subjectOf,
  TASK_EXAMPLE,
  TOPOLOGY,
} from '@app/contracts';
import type { Message } from '../check-async-api';
import type { ClassComments } from '../doc-comments';
import { ANSWERED, ASKED, type Packet } from './packets';

type Comments = ReadonlyMap<string, ClassComments>;

const SCHEMAS = '#/components/schemas/';
const AMQP = { bindingVersion: '0.3.0' };

/** The headers of every event. */
const EVENT_HEADERS = {
  type: 'object',
  properties: {
    traceparent: { type: 'string', description: 'W3C Trace Context.' },
    tracestate: { type: 'string', description: 'W3C Trace Context.' },
    currency: { type: 'string', description: "Repeats the currency of an order's total." },
  },
  required: ['traceparent'],
};

/** Every message that travels, by its name. */
export function messages(comments: Comments): Record<string, Message> {
  return Object.fromEntries(
    [
      ...EVENT_EXAMPLES.map((example) => eventMessage(example, comments)),
      plainMessage(TASK_EXAMPLE, comments),
      plainMessage(ALERT_EXAMPLE, comments),
      plainMessage(QUESTION_EXAMPLE, comments, ASKED),
      plainMessage(ANSWER_EXAMPLE, comments, ANSWERED),
    ].map((message) => [message.name, message]),
  );
}

/** In its envelope. The schema of the data is the one that `dataschema` names. */
function eventMessage(example: EventExample, comments: Comments): Message {
  const { eventClass } = example;
  const { type, name } = eventClass;
  const members = { type: { const: type }, data: { $ref: `${SCHEMAS}${name}` } };
  return {
    name: type,
    title: name,
    summary: comments.get(name)?.own,
    contentType: CLOUD_EVENT_CONTENT_TYPE,
    headers: EVENT_HEADERS,
    payload: {
      allOf: [{ $ref: `${SCHEMAS}CloudEvent` }, { type: 'object', properties: members }],
    },
    bindings: { amqp: { messageType: type, ...AMQP } },
    externalDocs: { url: dataSchemaOf(eventClass), description: 'The JSON Schema of its data' },
    examples: [{ name: 'example', payload: eventOf(example) }],
  };
}

/** As its service publishes it. */
function eventOf({ eventClass, data }: EventExample): CloudEvent {
  const publisher = TOPOLOGY.find(({ publishes }) => publishes.includes(eventClass.exchange));
  return {
    specversion: '1.0',
    id: '01890a5d-b1f0-7c3a-9d53-5b0c7a1e2f44',
    source: sourceOf(publisher?.service ?? ''),
    type: eventClass.type,
    subject: subjectOf(data),
    time: '2026-11-02T09:30:00.081Z',
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(eventClass),
    data,
  };
}

/** No CloudEvent. */
const plainMessage = (
  { name, messageClass, message }: MessageExample,
  comments: Comments,
  packet: Packet = { schemaFor: (data) => data, around: (data) => data },
): Message => ({
  name,
  title: messageClass.name,
  summary: comments.get(messageClass.name)?.own,
  contentType: 'application/json',
  ...(packet.headers && { headers: packet.headers }),
  payload: packet.schemaFor({ $ref: `${SCHEMAS}${messageClass.name}` }),
  externalDocs: { url: dataSchemaOf({ type: name }), description: 'The JSON Schema of its data' },
  examples: [{ name: 'example', payload: packet.around(message) }],
});
