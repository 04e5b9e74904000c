// `npm test`: the tests, and beside them the checks, in the processor time that the tests leave: those often wait.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';

const JEST = [
  'node_modules/jest/bin/jest.js',
  '--selectProjects',
  'unit',
  'integration',
  'e2e',
  'first-lessons',
];

/** Two at a time: all at once would compete with the tests for memory. */
const CHECKS = ['run', 'check', '--', '--max-parallel', '2'];

const tests = spawn(process.execPath, [...JEST, ...process.argv.slice(2)], { stdio: 'inherit' });
const checks = spawn('npm', CHECKS, {
  stdio: ['ignore', 'pipe', 'inherit'],
  shell: process.platform === 'win32',
});
setPriority(checks.pid, constants.priority.PRIORITY_BELOW_NORMAL);

// A Ctrl-C in the terminal reaches both without us.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => [tests, checks].forEach((child) => child.kill()));

const ends = [tests, checks].map((child) => once(child, 'exit'));
// In one piece, between two lines of the tests.
console.log(await text(checks.stdout));
const codes = (await Promise.all(ends)).map(([code]) => code ?? 1);
process.exitCode = Math.max(...codes);
