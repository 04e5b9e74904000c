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
