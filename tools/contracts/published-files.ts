import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Where the documents are that others build on; order-api serves them. */
export const PUBLISHED = 'docs/contracts';

/** Texts by the names of their files, from the root of the repository. */
export type Files = Readonly<Record<string, string>>;

export const jsonText = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

export function write(files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The names of those that are not what they should be. */
export const outdated = (files: Files): string[] =>
  Object.entries(files)
    .filter(([file, text]) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
    .map(([file]) => file);
