import type { ManagedProcess } from './managed-process';
import { familyOf, isRunning, sendTo } from './process-table';
import { eventually } from '../eventually';

/** Kills a process and all that it started, and waits until nothing of it remains. Held still first, so that it starts no more meanwhile. */
export async function killFamily(managed: ManagedProcess): Promise<void> {
  // Its pid may be another's by now.
  if (!managed.running) return;
  managed.signal('SIGSTOP');
  const family = familyOf(managed.pid);
  await managed.kill();
  for (const member of family) sendTo(member, 'SIGKILL');
  const what = `all processes of ${managed.name} to end`;
  await eventually(() => !family.some(isRunning), { what, within: 5_000 });
}

/** Holds a process and all that it started still, as a machine that hangs; what is returned lets them go on. */
export function holdFamily(pid: number | undefined): () => Promise<void> {
  if (pid === undefined) throw new Error('It does not run.');
  // Itself first, so that it starts no more meanwhile.
  process.kill(pid, 'SIGSTOP');
  const family = familyOf(pid);
  for (const member of family) sendTo(member, 'SIGSTOP');
  return () => {
    for (const member of family) sendTo(member, 'SIGCONT');
    return Promise.resolve();
  };
}
