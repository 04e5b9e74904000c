import type { DeadLetter, DeadLetterCount } from '@app/broker-admin';
import { printable } from './printable';
import { table } from './table';

/** How many dead letters each queue has. */
export const countsTable = (counts: readonly DeadLetterCount[]): string =>
  table([
    ['QUEUE', 'MESSAGES'],
    ...counts.map(({ deadLetterQueue, messages }) => [
      deadLetterQueue,
      messages === null ? 'no such queue' : String(messages),
    ]),
  ]);

/** The dead letters of a queue, one below the other, with their bodies. */
export function deadLetterPages(deadLetters: readonly DeadLetter[]): string {
  if (deadLetters.length === 0) return 'No dead letters.';
  return deadLetters.map((one) => table(rowsOf(one))).join('\n\n');
}

/** What was done, and with which messages. */
export const idList = (what: string, ids: readonly string[]): string =>
  [`${what}: ${ids.length}`, ...ids.map((id) => `  ${printable(id)}`)].join('\n');

function rowsOf({ messageId, type, reason, error, failedAt, attempts, body }: DeadLetter): string[][] {
  return [
    ['message id', messageId],
    ['type', type],
    ['reason', reason],
    ['error', error],
    ['failed at', failedAt],
    ['attempts', String(attempts)],
    ['body', body],
  ].map((row) => row.map(printable));
}
