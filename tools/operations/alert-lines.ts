import { type AlertWatch, isSeverity } from '@app/broker-admin';
import { type Alert, SEVERITIES } from '@app/contracts';
import { printable } from './printable';
import { UsageError } from './run-command';

/** The severities of a command line; all where it has none. @throws UsageError */
export function severitiesOf(words: readonly string[]): AlertWatch['severities'] {
  const unknown = words.filter((word) => !isSeverity(word));
  if (unknown.length > 0) {
    throw new UsageError(`There is no severity "${unknown.join(', ')}", but ${SEVERITIES.join(', ')}.`);
  }
  const [first, ...others] = [...new Set(words)].filter(isSeverity);
  return first === undefined ? SEVERITIES : [first, ...others];
}

const WIDEST = Math.max(...SEVERITIES.map(({ length }) => length));

/** An alert for people. */
export function alertLine({ at, severity, service, code, text }: Alert): string {
  const [time, ...words] = [at, service, code, text].map((part) => printable(part));
  return [time, severity.padEnd(WIDEST), ...words].join('  ');
}
