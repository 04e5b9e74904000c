import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './run-npm.mjs';

const SOURCES = ['apps', 'bench', 'infra', 'libs', 'tools', '.swcrc', 'nest-cli.json', 'tsconfig.json'];

/** Written last: a build that failed or was interrupted has none. */
const STAMP = join('dist', '.sources');

/** Whether `dist` was built from the sources as they are, by content: times change with every checkout. */
export function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashOfSources();
}

/** Into an empty folder, so that nothing remains of a source file that is gone. */
export function build() {
  console.error('Building …');
  const sources = hashOfSources();
  rmSync('dist', { recursive: true, force: true });
  runNpm('run', 'build', '--silent');
  writeFileSync(STAMP, sources);
}

function hashOfSources() {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap(filesIn))
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
