import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';

/**
 * Another commit of this repository, built in a folder of its own, where a later run finds it. It uses the dependencies that are installed here.
 * @param ref whatever git calls it
 * @throws Error when there is no such commit, or it cannot be built
 */
export function builtCommit(ref: string): { readonly name: string; readonly folder: string } {
  const commit = git('rev-parse', '--verify', `${ref}^{commit}`).trim();
  const name = commit.slice(0, 7);
  const folder = join(CHECKOUT, '.data', 'bench', 'commits', name);
  const stamp = join(folder, 'dist', '.built');
  if (existsSync(stamp)) return { name, folder };
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'commit.tar');
  git('archive', '--output', archive, commit);
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  const nest = join(CHECKOUT, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  execFileSync(process.execPath, [nest, 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, '');
  return { name, folder };
}

const git = (...args: string[]): string => execFileSync('git', args, { cwd: CHECKOUT, encoding: 'utf8' });
