import type { Supervisor } from '../supervision/supervisor';
import type { TraceStore } from '../tracing/trace-store';
import type { Execute } from './control-server';

/**
 * What `npm run suite` can ask of a running suite. Every command answers with the state of what it has changed, or of all.
 * @param down ends the suite
 * @param traces of the suite; undefined where its spans go elsewhere
 */
export function commandsFor(supervisor: Supervisor, down: () => void, traces?: TraceStore): Execute {
  const onEach =
    (work: Parameters<Supervisor['each']>[1]) =>
    async (name: string): Promise<void> =>
      supervisor.each(name, work);
  const commands: Readonly<Record<string, (name: string, count: string) => Promise<void>>> = {
    start: onEach((part) => part.start()),
    stop: onEach((part) => part.stop()),
    kill: onEach((part) => part.kill()),
    restart: onEach((part) => part.restart()),
    pause: onEach((part) => part.pause()),
    resume: onEach((part) => part.resume()),
    scale: (name, count) => supervisor.scale(name, Number(count)),
  };
  return async ([command = 'status', name = '', count = '']) => {
    if (command === 'traces') return find(traces, name);
    if (command === 'status') return supervisor.status();
    if (command === 'down') {
      down();
      return [];
    }
    const execute = Object.hasOwn(commands, command) ? commands[command] : undefined;
    if (execute === undefined) throw new Error(`There is no command "${command}".`);
    await execute(name, count);
    return supervisor.status(name);
  };
}

function find(traces: TraceStore | undefined, wanted: string) {
  if (traces !== undefined) return traces.find(wanted === '' ? undefined : wanted);
  throw new Error(
    'This suite was started with OTEL_ variables of its own: look for its traces where they say.',
  );
}
