// Makes a bare clone ready to run: installs and builds what is missing or out of date, and nothing else.
// Plain Node without dependencies, since there may be none yet.
// `node tools/prepare.mjs start` then runs `dist/tools/start.js`, in this process: a signal finds it without a shell between.
// That sees the arguments as `node dist/tools/start.js` would.
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './prepare/building.mjs';
import { install, isInstalled } from './prepare/installation.mjs';
import { withLock } from './prepare/lock.mjs';
import { checkNode } from './prepare/node-version.mjs';

async function prepare() {
  checkNode();
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  if (isInstalled() && isBuilt()) return;
  await withLock(() => {
    if (!isInstalled()) install();
    if (!isBuilt()) build();
  });
}

async function run(tool) {
  process.setSourceMapsEnabled(true);
  const program = new URL(`../dist/tools/${tool}.js`, import.meta.url);
  process.argv.splice(1, 2, fileURLToPath(program));
  await import(program.href);
}

async function main([tool]) {
  try {
    await prepare();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  if (tool !== undefined) await run(tool);
}

void main(process.argv.slice(2));
