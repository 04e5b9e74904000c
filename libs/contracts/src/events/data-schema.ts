/** What the name of every schema begins with, unless a publisher says otherwise. It identifies; nothing is served there (RFC 2606 reserves the domain). */
export const SCHEMA_BASE_URL = 'https://order-events.example/schemas';

/** A type of event, and the major version of its data; 1 where it says none. */
export interface VersionedType {
  readonly type: string;
  readonly majorVersion?: number;
}

/** What a schema's URI ends in: `order.created/v1`. Members may be added within a major version; consumers ignore those that they don't know. */
export const schemaPathOf = ({ type, majorVersion = 1 }: VersionedType): string => `${type}/v${majorVersion}`;

/** The URI that names the schema of a type's data. */
export const dataSchemaOf = (eventType: VersionedType, base = SCHEMA_BASE_URL): string =>
  `${base}/${schemaPathOf(eventType)}`;

/**
 * Whether an event's `dataschema` is this major version of its type. Only the ending counts, so that events that wait in a queue
 * stay readable when the base changes. An event without a schema has version 1.
 */
export function isSchemaOf(eventType: VersionedType, dataschema: string | undefined): boolean {
  if (dataschema === undefined) return (eventType.majorVersion ?? 1) === 1;
  return dataschema.endsWith(`/${schemaPathOf(eventType)}`);
}
