// `npm run test:faults -- 07 poison`: the faults whose names contain one of these, or all of them.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from 'jest';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

const all = readdirSync(FOLDER).filter((file) => file.endsWith('.spec.ts'));
const wanted = all.filter((file) => names.length === 0 || names.some((name) => file.includes(name)));

if (wanted.length === 0) {
  console.error(`There is no such fault. There are:\n${all.join('\n').replaceAll('.spec.ts', '')}`);
  process.exit(1);
}

// By path, since Jest looks for a name in the whole path of a file.
const paths = wanted.map((file) => join(FOLDER, file));
await run(['--config', 'jest.faults.config.js', ...options, '--runTestsByPath', ...paths]);
