import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentWith } from '../environment';
import type { ProcessHooks } from '../processes/hooks';
import { ManagedProcess } from '../processes/managed-process';
import { isReachable, plainUser, reachableHome, type PlainUser } from './plain-user';
import { PostgresMissing } from './postgres-missing';
import { postgresPrograms, reachablePrograms, type PostgresPrograms } from './postgres-programs';

/** The same on every machine, whatever its locale. */
const INITDB = ['--username=postgres', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
const LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

interface InitialiseOptions extends Pick<ProcessHooks, 'ledger' | 'signal'> {
  readonly durable: boolean;
}

/** Where a PostgreSQL keeps its data, which programs it runs, and as whom. */
export class PostgresHome {
  readonly data: string;

  private constructor(
    private readonly folder: string,
    readonly programs: PostgresPrograms,
    readonly user?: PlainUser,
  ) {
    this.data = join(folder, 'data');
  }

  /** The folder itself; or, as root, one that the user who runs PostgreSQL can reach. */
  static in(folder: string): PostgresHome {
    mkdirSync(folder, { recursive: true });
    const user = plainUser();
    if (user === undefined) return new PostgresHome(folder, postgresPrograms());
    const home = isReachable(folder) ? folder : reachableHome(folder);
    return new PostgresHome(home, reachablePrograms(), user);
  }

  /** Makes an empty cluster of databases where there is none; one that was left half made is made again. */
  async initialise(password: string, options: InitialiseOptions): Promise<void> {
    if (existsSync(this.data)) return;
    const draft = join(this.folder, 'data.new');
    const passwordFile = join(this.folder, 'password');
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { mode: 0o700 });
    writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of [draft, passwordFile]) this.giveToUser(path);
    const durability = options.durable ? [] : ['--no-sync'];
    await this.initdb([`--pgdata=${draft}`, `--pwfile=${passwordFile}`, ...durability], options);
    rmSync(passwordFile);
    renameSync(draft, this.data);
  }

  /**
   * A killed PostgreSQL leaves its lock behind, and by then its pid may be another's. PostgreSQL itself finds
   * a process that still uses the data, through its shared memory.
   */
  unlock(): void {
    rmSync(join(this.data, 'postmaster.pid'), { force: true });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private giveToUser(path: string): void {
    if (this.user !== undefined) chownSync(path, this.user.uid, this.user.gid);
  }

  private async initdb(args: readonly string[], { ledger, signal }: InitialiseOptions): Promise<void> {
    const { programs, user } = this;
    const starting = ManagedProcess.start({
      name: 'initdb',
      command: programs.initdb,
      args: [...INITDB, ...LOCALE, ...args],
      env: environmentWith({ LC_ALL: 'C' }),
      cwd: this.folder,
      user,
      ledger,
      signal,
    });
    const initdb = await starting.catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw new PostgresMissing(`${programs.initdb} is not for this machine.`, { cause });
    });
    const { code } = await initdb.exited;
    if (code !== 0) throw new Error(`PostgreSQL could not make its data folder:\n${initdb.tail()}`);
  }
}
