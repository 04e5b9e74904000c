import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Interrupted } from '../console/interruption';
import { CHECKOUT } from '../../infra/environment';
import type { Setting } from './settings';

/** What became of one test, as `test/support/conformance/report.js` writes it down. */
export interface Result {
  readonly guarantee: string;
  readonly title: string;
  readonly status: string;
}

export interface Report {
  readonly setting: Setting;
  /** Of RabbitMQ. */
  readonly version: string;
  readonly tests: readonly Result[];
  /** Whether everything passed, also what is no test, such as to stop the broker. */
  readonly passed: boolean;
  readonly seconds: number;
}

const REPORTER = join(CHECKOUT, 'test/support/conformance/report.js');

/** Runs the suite in one setting, with Jest's words on our terminal. */
export async function runSetting(setting: Setting): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  const file = join(folder, 'report.json');
  const started = performance.now();
  try {
    const code = await jest({
      CONFORMANCE_BROKER: setting.broker,
      CONFORMANCE_QUEUES: setting.queues,
      CONFORMANCE_REPORT: file,
    });
    const seconds = Math.round((performance.now() - started) / 1_000);
    const { version, tests } = read(file);
    return { setting, version, tests, passed: code === 0, seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A signal that ends us ends Jest first, which removes what it has started. @throws Interrupted */
async function jest(environment: Record<string, string>): Promise<number | null> {
  const program = createRequire(__filename).resolve('jest/bin/jest');
  const args = [
    program,
    '--selectProjects',
    'conformance',
    '--reporters',
    'default',
    '--reporters',
    REPORTER,
  ];
  const child = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
  const received: NodeJS.Signals[] = [];
  const pass = (signal: NodeJS.Signals): void => {
    received.push(signal);
    child.kill(signal);
  };
  process.on('SIGTERM', pass).on('SIGINT', pass);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  process.off('SIGTERM', pass).off('SIGINT', pass);
  if (received.length > 0) throw new Interrupted('Stopped.');
  return code;
}

type Written = Pick<Report, 'version' | 'tests'>;

/** Nothing is there when Jest was ended before its time. */
function read(file: string): Written {
  const report: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  return isWritten(report) ? report : { version: '?', tests: [] };
}

const isWritten = (report: unknown): report is Written =>
  typeof report === 'object' && report !== null && 'version' in report && 'tests' in report;
