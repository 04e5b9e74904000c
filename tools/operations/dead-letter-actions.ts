import type { DeadLetters } from '@app/broker-admin';
import { countsTable, deadLetterPages, idList } from './dead-letter-pages';
import { UsageError } from './run-command';

/** What came of an action: data for programs, and a text for people. */
export interface Answer {
  readonly data: unknown;
  readonly text: string;
}

/** What an operator asked for. */
export type Action = (deadLetters: DeadLetters) => Promise<Answer>;

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
  return async (deadLetters) => {
    const counts = await deadLetters.list();
    return { data: counts, text: countsTable(counts) };
  };
}

const QUEUE_ACTIONS = { show: showAction, redrive: redriveAction, discard: discardAction };

function showAction(queue: string, ids: readonly string[]): Action {
  if (ids.length > 0) throw new UsageError('"show" shows all of a queue.');
  return async (deadLetters) => {
    const found = await deadLetters.show(queue);
    return { data: found, text: deadLetterPages(found) };
  };
}

function redriveAction(queue: string, ids: readonly string[]): Action {
  return async (deadLetters) => {
    const redriven = await deadLetters.redrive(queue, ids.length > 0 ? ids : undefined);
    return { data: { queue, redriven }, text: idList('Redriven', redriven) };
  };
}

function discardAction(queue: string, ids: readonly string[]): Action {
  if (ids.length === 0) throw new UsageError('Discard which? Each needs its --id.');
  return async (deadLetters) => {
    const discarded = await deadLetters.discard(queue, ids);
    return { data: { queue, discarded }, text: idList('Discarded', discarded) };
  };
}
