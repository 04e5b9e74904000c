import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const REDOCLY = require.resolve('@redocly/cli/bin/cli.js');

/** Not every call can be made wrongly: `GET /products` takes nothing. */
const RULES = ['--skip-rule=operation-4xx-response'];

const QUIET = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };

/** @throws Error that says what Redocly's linter finds wrong with the OpenAPI document */
export async function lintOpenApi(file: string): Promise<void> {
  const run = promisify(execFile);
  const args = [REDOCLY, 'lint', file, '--extends=recommended', ...RULES];
  await run(process.execPath, args, { env: { ...process.env, ...QUIET } }).catch((error: unknown) => {
    throw new Error(`redocly lint ${file}\n${outputOf(error)}`);
  });
}

const outputOf = (error: unknown): string =>
  error instanceof Error && 'stdout' in error && 'stderr' in error
    ? `${String(error.stdout)}${String(error.stderr)}`
    : String(error);
