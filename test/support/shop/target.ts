import { basename } from 'node:path';

/** What the suite runs as: processes of this machine, or containers with one broker node, or with three and replicas. */
export type Target = 'local' | 'single' | 'cluster';

declare global {
  /** Of `environment.js`. */
  var target: Target | undefined;
}

export const target = (): Target => globalThis.target ?? 'local';

/** `describe` for what can only hold on some targets; on any other it is skipped, and says why. */
export function describeOn(targets: readonly Target[], reason: string): jest.Describe {
  if (targets.includes(target())) return describe;
  const file = basename(expect.getState().testPath ?? '');
  process.stderr.write(`Left out on ${target()}: ${file}: ${reason}\n`);
  return describe.skip;
}
