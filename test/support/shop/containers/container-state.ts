import { constants } from 'node:os';
import type { Exit } from '../../../../infra/processes/managed-process';
import { docker, dockerNow } from '../../../../infra/docker';

/** A container, as `docker inspect` tells it. */
export interface ContainerState {
  readonly Id: string;
  readonly State: { readonly Running: boolean; readonly Pid: number; readonly ExitCode: number };
  readonly Config: { readonly Labels: Readonly<Record<string, string>> };
  readonly NetworkSettings: {
    readonly Ports: Readonly<Record<string, readonly { readonly HostPort: string }[] | null>>;
  };
}

export async function inspect(ids: readonly string[]): Promise<readonly ContainerState[]> {
  if (ids.length === 0) return [];
  const found: ContainerState[] = JSON.parse(await docker(['inspect', ...ids]));
  return found;
}

/** Blocks the process until Docker answers. @throws Error when there is no such container any more */
export function inspectNow(id: string): ContainerState {
  const [found]: ContainerState[] = JSON.parse(dockerNow(['inspect', id]));
  if (found === undefined) throw new Error(`There is no container ${id}.`);
  return found;
}

/** How it ended. Docker tells a signal as a shell does: 128 and its number. */
export function exitOf({ State: { ExitCode: code } }: ContainerState): Exit {
  const signal = SIGNALS.find((name) => constants.signals[name] === code - 128);
  return signal === undefined ? { code, signal: null } : { code: null, signal };
}

const isSignal = (name: string): name is NodeJS.Signals => name in constants.signals;
const SIGNALS = Object.keys(constants.signals).filter(isSignal);
