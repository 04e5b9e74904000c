import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { environmentWith } from '../../../../infra/environment';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What Docker's client itself reads, and where its settings are. */
const OF_THE_CLIENT = ['HOME', 'DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG', 'XDG_RUNTIME_DIR'];

/** Nothing of the user's settings for a suite of their own gets through. */
function environment(own: Readonly<Record<string, string>>): Record<string, string> {
  const client = OF_THE_CLIENT.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return environmentWith({ ...Object.fromEntries(client), ...own });
}

/** Runs a command of Docker's client to its end and returns what it has printed. @throws Error with what it said */
export async function docker(
  args: readonly string[],
  own: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { env: environment(own), maxBuffer: MAX_OUTPUT_BYTES };
  return (await promisify(execFile)('docker', args, options)).stdout.trim();
}

/** The same, but blocks the process: for getters, and for a process that is about to end. */
export const dockerNow = (args: readonly string[], own: Readonly<Record<string, string>> = {}): string =>
  execFileSync('docker', args, {
    env: environment(own),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
