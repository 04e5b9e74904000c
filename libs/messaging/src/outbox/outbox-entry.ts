import { OutgoingMessage } from '@app/amqp';
import {
  CLOUD_EVENT_CONTENT_TYPE,
  CloudEvent,
  dataSchemaOf,
  EventClass,
  EventData,
  headersOf,
  sourceOf,
  subjectOf,
} from '@app/contracts';
import { currentContext, newTraceparent } from '@app/service';
import { Insertable, Selectable } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { OutboxTable } from './outbox-table';

/** What a row is inserted with. */
export type NewOutboxEntry = Pick<
  Insertable<OutboxTable>,
  'event_id' | 'exchange' | 'routing_key' | 'body' | 'correlation_id' | 'headers'
>;

/** What the relay reads of a row. */
export type OutboxEntry = Pick<
  Selectable<OutboxTable>,
  'position' | 'event_id' | 'exchange' | 'routing_key' | 'body' | 'correlation_id' | 'attempts'
> & { readonly headers: Record<string, string> };

/** The row for an event: its envelope, and the context of the work that it comes from. */
export function toRow<Data extends EventData>(
  service: string,
  eventClass: EventClass<Data>,
  data: Data,
  schemaBaseUrl?: string,
): NewOutboxEntry {
  const { type, exchange } = eventClass;
  const event: CloudEvent<Data> = {
    specversion: '1.0',
    id: uuidv7(),
    source: sourceOf(service),
    type,
    subject: subjectOf(data),
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf(eventClass, schemaBaseUrl),
    data,
  };
  const context = currentContext();
  return {
    event_id: event.id,
    exchange: exchange.name,
    routing_key: type,
    body: JSON.stringify(event),
    correlation_id: context?.correlationId ?? event.id,
    headers: JSON.stringify({
      ...headersOf(data),
      traceparent: context?.traceparent ?? newTraceparent(),
      ...(context?.tracestate !== undefined && { tracestate: context.tracestate }),
    }),
  };
}

/** The message for a row. Its AMQP properties repeat what routing and tools need to know of the envelope. */
export function toMessage(service: string, entry: OutboxEntry): OutgoingMessage {
  return {
    exchange: entry.exchange,
    routingKey: entry.routing_key,
    content: Buffer.from(entry.body),
    properties: {
      messageId: entry.event_id,
      type: entry.routing_key,
      appId: service,
      timestamp: Math.floor(Date.now() / 1000),
      correlationId: entry.correlation_id,
      contentType: CLOUD_EVENT_CONTENT_TYPE,
      headers: entry.headers,
    },
  };
}

/** What the event of a row is about. The envelope begins with it, before its data: see `toRow`. */
export const subjectOfEntry = ({ body }: Pick<OutboxEntry, 'body'>): string | undefined =>
  /"subject":"([^"]*)"/.exec(body)?.[1];
