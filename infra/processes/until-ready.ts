import type { ManagedProcess } from './managed-process';
import { eventually } from '../eventually';

const PROBE_MS = 50;

/** A process that ended, or never got ready; the message shows the end of its log. */
export class ProcessFailed extends Error {
  /** @param what happened, in one sentence */
  constructor(
    readonly what: string,
    managed: ManagedProcess,
  ) {
    super(`${what} Its last words:\n${indent(managed.tail())}`);
  }
}

/**
 * Waits until a process that was started does its work, and fails at once when it has ended instead.
 * @throws ProcessFailed
 */
export async function untilReady(
  managed: ManagedProcess,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const ready = async (): Promise<boolean> => !managed.running || (await condition());
  try {
    await eventually(ready, { what: `${managed.name} to be ready`, within: timeoutMs, every: PROBE_MS });
  } catch (error) {
    throw new ProcessFailed(error instanceof Error ? error.message : String(error), managed);
  }
  if (!managed.running) throw await failureOf(managed);
}

/** How a process ended unasked. */
export async function failureOf(managed: ManagedProcess): Promise<ProcessFailed> {
  const { code, signal } = await managed.exited;
  return new ProcessFailed(`${managed.name} ended with ${signal ?? `code ${code}`}.`, managed);
}

const indent = (text: string): string => text.replace(/^/gm, '  | ');
