import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ClassComments, commentsIn } from './doc-comments';

const FOLDERS = ['libs/contracts/src', 'apps/order-api/src'];

/** The doc comments of the classes of the configuration. */
export function settingsComments(): ReadonlyMap<string, ClassComments> {
  const files = ['apps', 'libs', 'tools'].flatMap(sourcesIn);
  return commentsIn(files.filter((file) => /[.-]config\.ts$/.test(file)));
}

/** The doc comments of the classes that are published. */
export function publishedComments(): ReadonlyMap<string, ClassComments> {
  return commentsIn(FOLDERS.flatMap(sourcesIn));
}

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));
