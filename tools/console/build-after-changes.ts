import { join } from 'node:path';
import { CHECKOUT, environmentWith } from '../../infra/environment';
import type { ProcessHooks } from '../../infra/processes/hooks';
import { ManagedProcess } from '../../infra/processes/managed-process';

const NEST = join(CHECKOUT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');

/** Builds into `dist` what is edited, until it is stopped. @see https://docs.nestjs.com/recipes/swc#getting-started */
export const buildAfterChanges = (hooks: ProcessHooks): Promise<ManagedProcess> =>
  ManagedProcess.start({
    name: 'build',
    command: process.execPath,
    args: [NEST, 'build', '--watch'],
    env: environmentWith({}),
    cwd: CHECKOUT,
    ...hooks,
  });
