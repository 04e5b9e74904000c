/** The major version of all data schemas: members may be added within it, and consumers ignore those that they don't know. */
const MAJOR_VERSION = 1;

/** The URI that names the schema of a type's data. It identifies; nothing is served there (RFC 2606 reserves the domain). */
export function dataSchemaOf(type: string): string {
  return `https://order-events.example/schemas/${type}/v${MAJOR_VERSION}`;
}

/** Whether this release understands data of that schema: the same major version, or none given. */
export function isKnownSchema(type: string, dataschema: string | undefined): boolean {
  return dataschema === undefined || dataschema.endsWith(`/${type}/v${MAJOR_VERSION}`);
}
