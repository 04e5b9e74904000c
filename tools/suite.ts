import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CHECKOUT } from '../infra/environment';
import { SuiteFile } from './launcher/suite/suite-file';
import { runCommand, UsageError } from './operations/run-command';
import { command } from './suite/command';
import { followLog } from './suite/follow-log';
import { explained, stopLeftBehind } from './suite/left-behind';
import { reset } from './suite/reset';
import { statusTable } from './suite/status-table';
import { untilDown } from './suite/until-down';

const USAGE = `Usage: npm run suite [-- <command>]      in the checkout in which "npm start" runs

  status                   what runs (also without a command)
  stop <name>              stops it, until "start <name>"
  start <name>             starts it
  restart <name>           both
  kill <name>              SIGKILL; it is started again after a short pause
  pause <name>             holds its processes still (SIGSTOP), as a machine that hangs
  resume <name>            lets them run on (SIGCONT)
  scale <service>=<count>  so many processes of a service, which share its queue
  logs <name>              its log: the last lines, and what follows; Ctrl-C ends it
  down                     stops everything, as Ctrl-C does in the first terminal
  reset                    stops everything, and deletes orders, messages, mails and passwords

Names: those of "status". The name of a service stands for all its processes. --json: for programs.
Mails and texts are kept in memory by the servers that stand in for the providers: with "mail" or "sms-gateway" they are gone.`;

const OPTIONS = { json: { type: 'boolean' } } as const;
/** Each takes one name. */
const OF_ONE = ['stop', 'start', 'restart', 'kill', 'pause', 'resume'];

const DATA_FOLDER = join(CHECKOUT, '.data');

/** `npm run suite`: looks into a running suite, takes parts of it away and brings them back. */
async function suite(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  const [name = 'status', ...words] = positionals;
  if (name === 'reset') return reset(DATA_FOLDER);
  if (name === 'logs') return followLog(DATA_FOLDER, onlyWord(name, words));
  const asked = wordsOf(name, words);
  if (name === 'down' && (await stopLeftBehind(DATA_FOLDER))) return;
  const status = await command(new SuiteFile(DATA_FOLDER), asked).catch((error: unknown) =>
    explained(error, DATA_FOLDER),
  );
  if (name === 'down') await untilDown(DATA_FOLDER);
  console.log(values.json === true ? JSON.stringify(status, undefined, 2) : statusTable(status));
}

/** @throws UsageError where the words do not belong to the command */
function wordsOf(name: string, words: readonly string[]): string[] {
  if (name === 'scale') return [name, ...onlyWord(name, words).split('=')];
  if (OF_ONE.includes(name)) return [name, onlyWord(name, words)];
  if (words.length > 0 && ['status', 'down'].includes(name)) throw new UsageError(`"${name}" takes no name.`);
  // The suite itself says it where there is no such command.
  return [name, ...words];
}

function onlyWord(command: string, [word, ...more]: readonly string[]): string {
  if (word === undefined || more.length > 0) throw new UsageError(`"${command}" takes one name.`);
  return word;
}

void runCommand({ usage: USAGE, run: suite });
