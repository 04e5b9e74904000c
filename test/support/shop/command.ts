import { execFile, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Json } from '../../../infra/http';

/** As `npm run` starts them. */
const PREPARE = resolve('tools', 'prepare.mjs');

/** Runs an operator's command to its end and reads the JSON that it prints. */
export async function command(rabbitmqUrl: string, name: string, ...args: string[]): Promise<Json> {
  const env = { ...process.env, RABBITMQ_URL: rabbitmqUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [PREPARE, name, ...args, '--json'], { env });
  return JSON.parse(stdout);
}

/** A command that goes on until it is stopped, and the lines that it has printed so far. */
export class RunningCommand {
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
  private readonly process;
  private output = '';

  /** @param prepare that of another checkout, to which the command then belongs */
  constructor(
    environment: Readonly<Record<string, string>>,
    [name, ...args]: readonly [string, ...string[]],
    prepare = PREPARE,
  ) {
    const env = { ...process.env, ...environment };
    this.process = spawn(process.execPath, [prepare, name, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.ended = new Promise((resolve) => this.process.once('close', resolve));
    this.process.stdout.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.process.stderr.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  get lines(): string[] {
    return this.output.split('\n').filter((line) => line !== '');
  }

  async stop(): Promise<void> {
    this.process.kill('SIGINT');
    await this.ended;
  }
}
