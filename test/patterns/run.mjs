// `npm run patterns -- 07 topics`: the lessons whose names contain one of these, or the whole course.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from 'jest';
import lessons from '../support/patterns/lessons.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));

const all = Object.keys(lessons.LESSONS).sort();
const wanted = all.filter((lesson) => names.length === 0 || names.some((name) => lesson.includes(name)));

if (wanted.length === 0) {
  console.error(`There is no such lesson. There are:\n${all.join('\n')}`);
  process.exit(1);
}

const paths = wanted.flatMap((lesson) => lessons.LESSONS[lesson]).map((file) => join(CHECKOUT, file));
await run(['--config', 'jest.patterns.config.js', ...options, '--runTestsByPath', ...paths]);
