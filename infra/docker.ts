import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { environmentWith } from './environment';

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** What Docker's client itself reads, and where its settings are. */
const OF_THE_CLIENT = /^(HOME|XDG_RUNTIME_DIR|DOCKER_.+)$/;

type Variables = Readonly<Record<string, string>>;

/** For Docker's client: nothing of the user's settings for a suite of their own gets through. */
export function dockerEnvironment(own: Variables = {}): Record<string, string> {
  const client = Object.entries(process.env).filter(([name]) => OF_THE_CLIENT.test(name));
  return environmentWith({
    ...Object.fromEntries(client.map(([name, value = '']) => [name, value])),
    ...own,
  });
}

/** Runs a command of Docker's client to its end and returns what it has printed. @throws Error with what it said */
export async function docker(args: readonly string[], own?: Variables): Promise<string> {
  const options = { env: dockerEnvironment(own), maxBuffer: MAX_OUTPUT_BYTES };
  return (await promisify(execFile)('docker', args, options)).stdout.trim();
}

/** The same, but blocks the process: for getters, and for a process that is about to end. */
export const dockerNow = (args: readonly string[], own?: Variables): string =>
  execFileSync('docker', args, {
    env: dockerEnvironment(own),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Whether a container engine answers, on this machine: on another one, so would be the ports of the containers. */
export function hasEngine(): boolean {
  const ask = (...args: string[]) => spawnSync('docker', args, { encoding: 'utf8', timeout: 10_000 });
  const { stdout: endpoint } = ask('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}');
  return /^(unix|npipe):/.test(endpoint) && ask('info').status === 0;
}
