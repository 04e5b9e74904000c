import type { PartStatus, Supervisor } from '../supervision/supervisor';
import type { Execute } from './control-server';

/** The words are no command. */
export class UnknownCommand extends Error {
  readonly code = 'UNKNOWN_COMMAND';
}

/**
 * What `npm run suite` can ask of a running suite. Every command answers with the state of what it has changed, or of all.
 * @param down ends the suite
 */
export function commandsFor(supervisor: Supervisor, down: () => void): Execute {
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
  return async ([command = 'status', name = '', count = '']): Promise<readonly PartStatus[]> => {
    if (command === 'status') return supervisor.status();
    if (command === 'down') {
      down();
      return [];
    }
    const execute = commands[command];
    if (execute === undefined) throw new UnknownCommand(`There is no command "${command}".`);
    await execute(name, count);
    return supervisor.status(name);
  };
}
