import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsed } from '../../infra/json';
import { incompatibleChanges } from './incompatible-changes';
import { PUBLISHED } from './published-files';

export const SCHEMAS = `${PUBLISHED}/schemas`;

/** A schema that others have is not to be changed like this. */
export class SchemaBroken extends Error {
  constructor(readonly changes: readonly string[]) {
    super(`A released schema would break who publishes or reads by it:
${changes.map((change) => `  - ${change}`).join('\n')}
Within a major version, only members that may be absent (@IsOptional) can be added. For any other change, add a class with
\`majorVersion = 2\`: docs/how-to/change-an-event.md. A schema that was never released can be deleted, and made anew.`);
  }
}

/** @throws SchemaBroken when a schema in the folder would become one that breaks who uses it, or is made no more */
export function assertCompatible(made: ReadonlyMap<string, object>): void {
  const changes = releasedPaths().flatMap((path) => {
    const now = made.get(path);
    if (now === undefined) return [`${path} is gone`];
    return incompatibleChanges(released(path), { ...now }).map((change) => `${path}: ${change}`);
  });
  if (changes.length > 0) throw new SchemaBroken(changes);
}

const releasedPaths = (): string[] =>
  existsSync(SCHEMAS)
    ? readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.json'))
        .map((file) => file.replace(/\.json$/, '').replaceAll('\\', '/'))
    : [];

const released = (path: string): Record<string, unknown> =>
  parsed(readFileSync(join(SCHEMAS, `${path}.json`), 'utf8'));
