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

/** A dead letter with its body. */
export const deadLetterPage = (letter: DeadLetter): string => table(rowsOf(letter));

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
