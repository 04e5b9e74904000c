/** A migration would break the version before it, which may still run, or may be started again. */
export class DestructiveStatement extends Error {
  readonly code = 'DESTRUCTIVE_STATEMENT';

  constructor(what: string, statement: string) {
    super(
      `A migration may only add, and this one ${what}: ${statement}\n` +
        'Versions run side by side during an upgrade. Leave the old where it is, and add the new beside it.',
    );
  }
}

/** What an older version could not work with, as parts of a statement without its literals. */
const DESTRUCTIVE: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\bdrop\b(?!\s+(not\s+null|constraint\s+(if\s+exists\s+)?\w+_check)\b)/, 'drops something'],
  [/\btruncate\b/, 'deletes rows'],
  [/\brename\b/, 'renames something'],
  [/\balter\s+(column\s+)?\w+\s+(set\s+data\s+)?type\b/, 'changes the type of a column'],
  [
    /^\s*alter\s+table\b.*\badd\s+(column\s+)?(?!constraint\b)\w+(?![^,]*\b(default|generated)\b)[^,]*\bnot\s+null\b/,
    'wants a value that the older version does not write',
  ],
  [/\bset\s+not\s+null\b/, 'wants a value that the older version does not write'],
  [/^\s*alter\s+table\b.*\badd\b.*\b(primary\s+key|unique|references|exclude)\b/, 'changes keys'],
  [/^\s*create\s+unique\s+index\b/, 'changes keys'],
];

/**
 * Widening is allowed: a check constraint may go, since one that is wider comes in its place, and so may a `not null`.
 * @throws DestructiveStatement
 */
export function assertOnlyAdds(statement: string): void {
  const text = statement
    .replaceAll(/'[^']*'/g, "''")
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();
  for (const [pattern, what] of DESTRUCTIVE) {
    if (pattern.test(text)) throw new DestructiveStatement(what, statement);
  }
}
