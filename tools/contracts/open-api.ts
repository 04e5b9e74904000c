import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { PublishedSchema } from '@app/service';
import { parsed } from '../../infra/json';
import { described } from './described';
import type { ClassComments } from './doc-comments';

interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, PublishedSchema>> };
}

/** What order-api says of its routes, with the doc comments of the classes. */
export async function openApi(comments: ReadonlyMap<string, ClassComments>): Promise<OpenApi> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['dist/apps/order-api/src/print-open-api.js'], {
    maxBuffer: 2 ** 24,
  });
  const document = parsed<OpenApi>(stdout);
  const classOf = (name: string): string => (comments.has(`${name}Dto`) ? `${name}Dto` : name);
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => [name, described(classOf(name), schema, comments)] as const,
  );
  return { ...document, components: { ...document.components, schemas: Object.fromEntries(schemas) } };
}
