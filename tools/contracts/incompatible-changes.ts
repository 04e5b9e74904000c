type Schema = Readonly<Record<string, unknown>>;

/** Words that describe, and promise nothing. */
const ANNOTATIONS: ReadonlySet<string> = new Set(['$schema', '$id', 'title', 'description', 'examples']);

/** Words whose members are schemas of their own. */
const MAPS: ReadonlySet<string> = new Set(['properties', '$defs']);

/**
 * What a released schema may not become, in words; nothing where the change does no harm. Within a major version a member may be added that
 * may be absent. All else would break who reads the events with the old schema, or who reads those that were sent by it: a wider rule the
 * first, a narrower one the second.
 */
export function incompatibleChanges(released: Schema, made: Schema, path = ''): string[] {
  const words = new Set(
    [...Object.keys(released), ...Object.keys(made)].filter((word) => !ANNOTATIONS.has(word)),
  );
  return [...words].flatMap((word) =>
    MAPS.has(word)
      ? changesOfMembers(schemasIn(released[word]), schemasIn(made[word]), path)
      : changesOfWord(word, released[word], made[word], path),
  );
}

const changesOfMembers = (
  released: ReadonlyMap<string, Schema>,
  made: ReadonlyMap<string, Schema>,
  path: string,
): string[] =>
  [...released].flatMap(([name, schema]) => {
    const member = path === '' ? name : `${path}.${name}`;
    const now = made.get(name);
    return now === undefined ? [`${member} is gone`] : incompatibleChanges(schema, now, member);
  });

function changesOfWord(word: string, released: unknown, made: unknown, path: string): string[] {
  const [before, now] = [canonical(released), canonical(made)];
  return before === now ? [] : [`${word} of ${path === '' ? 'the data' : path} was ${before} and is ${now}`];
}

/** Without what only describes, and whatever the order of the members that must be there. */
function canonical(value: unknown): string {
  if (value === undefined) return 'not said';
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join(', ')}]`;
  if (!isSchema(value)) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([word]) => !ANNOTATIONS.has(word));
  return `{${entries
    .map(([word, inner]) => `${JSON.stringify(word)}: ${canonical(inner)}`)
    .sort()
    .join(', ')}}`;
}

const schemasIn = (value: unknown): ReadonlyMap<string, Schema> =>
  new Map(
    Object.entries(isSchema(value) ? value : {}).map(([name, schema]) => [
      name,
      isSchema(schema) ? schema : {},
    ]),
  );

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
