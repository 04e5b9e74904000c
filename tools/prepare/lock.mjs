import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const LOCK = join('.data', 'prepare.lock');
const OWNER = join(LOCK, 'pid');

const POLL_MS = 500;

/** Two that install or build at the same time would destroy each other's work: the second waits, and mostly finds it done. */
export async function withLock(work) {
  mkdirSync('.data', { recursive: true });
  if (!take()) {
    console.log(`Another process installs or builds: waiting for it (${LOCK}) …`);
    while (!take()) await sleep(POLL_MS);
  }
  try {
    work();
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

/** To make a folder succeeds for one alone. The lock of a process that was killed is taken over. */
function take() {
  try {
    mkdirSync(LOCK);
    writeFileSync(OWNER, String(process.pid));
    return true;
  } catch {
    if (!ownerRuns()) rmSync(LOCK, { recursive: true, force: true });
    return false;
  }
}

function ownerRuns() {
  try {
    process.kill(Number(readFileSync(OWNER, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM' || error.code === 'ENOENT';
  }
}
