import type { DeadLetters } from '@app/broker-admin';
import { countsTable, idList } from './dead-letter-pages';
import { DeadLetterPrinter, Output } from './dead-letter-printer';
import { UsageError } from './run-command';

/** What an operator asked for; writes what came of it. */
export type Action = (deadLetters: DeadLetters, output: Output) => Promise<void>;

/** @throws UsageError */
export function actionFor(words: readonly string[], ids: readonly string[] = []): Action {
  const [command, queue, ...rest] = words;
  if (rest.length > 0) throw new UsageError(`One queue at a time; what is "${rest.join(' ')}"?`);
  if (command === 'list') return listAction(queue, ids);
  if (command !== 'show' && command !== 'redrive' && command !== 'discard') {
    throw new UsageError(command === undefined ? 'Which command?' : `There is no command "${command}".`);
  }
  if (queue === undefined) throw new UsageError('Which queue?');
  return QUEUE_ACTIONS[command](queue, ids);
}

function listAction(queue: string | undefined, ids: readonly string[]): Action {
  if (queue !== undefined || ids.length > 0) throw new UsageError('"list" lists every queue.');
  return async (deadLetters, output) => {
    const counts = await deadLetters.list();
    answer(output, counts, countsTable(counts));
  };
}

const QUEUE_ACTIONS = { show: showAction, redrive: redriveAction, discard: discardAction };

function showAction(queue: string, ids: readonly string[]): Action {
  if (ids.length > 0) throw new UsageError('"show" shows all of a queue.');
  return async (deadLetters, output) => {
    const printer = new DeadLetterPrinter(output);
    await deadLetters.show(queue, (letters) => printer.print(letters));
    printer.end();
  };
}

function redriveAction(queue: string, ids: readonly string[]): Action {
  return async (deadLetters, output) => {
    const redriven = await deadLetters.redrive(queue, ids.length > 0 ? ids : undefined);
    answer(output, { queue, redriven }, idList('Redriven', redriven));
  };
}

function discardAction(queue: string, ids: readonly string[]): Action {
  if (ids.length === 0) throw new UsageError('Discard which? Each needs its --id.');
  return async (deadLetters, output) => {
    const discarded = await deadLetters.discard(queue, ids);
    answer(output, { queue, discarded }, idList('Discarded', discarded));
  };
}

/** Writes data for programs, or a text for people. */
const answer = ({ json, write }: Output, data: unknown, text: string): void =>
  write(`${json ? JSON.stringify(data, undefined, 2) : text}\n`);
