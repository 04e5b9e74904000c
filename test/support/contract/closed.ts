/** A document whose objects are closed: a member that a schema does not name is an error in a test. */
export function closed<T>(schema: T): T {
  const text = JSON.stringify(schema, (_, value: unknown) =>
    isObjectSchema(value) ? { ...value, additionalProperties: false } : value,
  );
  const same: T = JSON.parse(text);
  return same;
}

const isObjectSchema = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  'properties' in value &&
  'type' in value &&
  value.type === 'object';
