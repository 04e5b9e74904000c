import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `npm run contracts` has written, as seen from `dist/apps/order-api/src/docs`. */
const PUBLISHED = resolve(__dirname, '../../../../../docs/contracts');

/** A published document. @throws Error where it is not what is expected */
export function published<T>(name: string, isExpected: (document: unknown) => document is T): T {
  const document: unknown = JSON.parse(readFileSync(join(PUBLISHED, name), 'utf8'));
  if (isExpected(document)) return document;
  throw new Error(`${join(PUBLISHED, name)} is not what it should be`);
}

/** The published schemas, by the paths that their URIs end in: `order.created/v1`. */
export function publishedSchemas(): ReadonlyMap<string, object> {
  const files = readdirSync(join(PUBLISHED, 'schemas'), { recursive: true, encoding: 'utf8' });
  const paths = files.filter((file) => file.endsWith('.json')).map((file) => file.replace(/\.json$/, ''));
  return new Map(
    paths.map((path) => [path.replaceAll('\\', '/'), published(`schemas/${path}.json`, isObject)]),
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
