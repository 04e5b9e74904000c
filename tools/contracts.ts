import { parseArgs } from 'node:util';
import openApiTypes, { astToString } from 'openapi-typescript';
import { asyncApi } from './contracts/async-api/async-api';
import { assertAsyncApi } from './contracts/check-async-api';
import { jsonSchemas } from './contracts/json-schemas';
import { lintOpenApi } from './contracts/lint';
import { openApi } from './contracts/open-api';
import { type Files, jsonText, outdated, PUBLISHED, write } from './contracts/published-files';
import { assertCompatible, SCHEMAS } from './contracts/released-schemas';
import { settingsPage } from './contracts/settings/settings-page';
import { publishedComments, settingsComments } from './contracts/sources';
import { runCommand } from './operations/run-command';

const OPEN_API = `${PUBLISHED}/openapi.json`;

const USAGE = `Usage: npm run contracts [-- --check]

Writes into ${PUBLISHED} what others build on: the OpenAPI document of the order API, and the types of it for clients in TypeScript; the
AsyncAPI document, and the JSON Schemas of all messages. A change of a schema that would break others is refused. Writes docs/settings.md,
with every variable of the environment. All are made from the code.
With --check, nothing is written; the command fails where the files are not what the code says.`;

/** `npm run contracts`: publishes what the code promises to others. */
async function contracts(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { check: { type: 'boolean' } } });
  const files = await made();
  if (values.check !== true) write(files);
  assertCurrent(files);
  await lintOpenApi(OPEN_API);
}

async function made(): Promise<Files> {
  const comments = publishedComments();
  const schemas = jsonSchemas(comments);
  assertCompatible(schemas);
  const events = asyncApi(comments);
  await assertAsyncApi(events);
  const calls = jsonText(await openApi(comments));
  return {
    ...Object.fromEntries(
      [...schemas].map(([path, schema]) => [`${SCHEMAS}/${path}.json`, jsonText(schema)]),
    ),
    [`${PUBLISHED}/asyncapi.json`]: jsonText(events),
    ...(await settingsPage(settingsComments())),
    [OPEN_API]: calls,
    [`${PUBLISHED}/order-api.d.ts`]: astToString(await openApiTypes(calls)),
  };
}

function assertCurrent(files: Files): void {
  const old = outdated(files);
  if (old.length > 0) throw new Error(`Not what the code says: ${old.join(', ')}. Run "npm run contracts".`);
}

void runCommand({ usage: USAGE, run: contracts });
