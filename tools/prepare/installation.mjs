import { existsSync, readFileSync } from 'node:fs';
import { runNpm } from './run-npm.mjs';

/** What npm itself writes down of an installation that it completed. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Whether every package that the lock names is installed in that version; an optional one may be for another platform. */
export function isInstalled() {
  if (!existsSync(INSTALLED)) return false;
  const installed = packagesOf(INSTALLED);
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) =>
    path in installed ? installed[path].version === version : optional === true,
  );
}

/** The tools that start the suite are development dependencies: they are installed whatever NODE_ENV says. */
export function install() {
  console.error('Installing the dependencies (npm ci) …');
  runNpm('ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error');
}

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
