import { familyOf, sendTo } from '../../../infra/processes/process-table';

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
