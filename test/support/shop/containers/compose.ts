import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environments } from '../deployment';
import { folderForLogs } from '../kept-logs';
import { containersOf, type Containers } from './containers-of';
import { docker, dockerNow } from '../../../../infra/docker';

export type ComposedTarget = 'single' | 'cluster';

const OVERLAYS = 'test/support/shop/containers';

/** How long all of it may take to become healthy, in seconds. */
const WAIT_SECONDS = '240';

/** What the user starts, and what the tests change of it. */
const FILES: Readonly<Record<ComposedTarget, readonly string[]>> = {
  single: ['docker-compose.yml', `${OVERLAYS}/docker-compose.test.yml`],
  cluster: [
    'docker-compose.yml',
    'docker-compose.cluster.yml',
    `${OVERLAYS}/docker-compose.test.yml`,
    `${OVERLAYS}/docker-compose.test.cluster.yml`,
  ],
};

const DOWN = ['down', '--volumes', '--remove-orphans', '--timeout', '0'];

/** A Compose project of our own: no other suite on this machine is touched. */
export class Compose {
  /** Tells later runs which process it belongs to. */
  readonly project = `order-events-test-${process.pid}-${randomUUID().slice(0, 8)}`;
  private readonly folder = mkdtempSync(join(tmpdir(), 'order-events-compose-'));
  private readonly files: readonly string[];

  /** @param environments is merged into those of the compose files */
  constructor(
    target: ComposedTarget,
    private readonly variables: Readonly<Record<string, string>>,
    environments: Environments = {},
  ) {
    const file = join(this.folder, 'environments.json');
    const services = Object.entries(environments).map(([name, environment]) => [name, { environment }]);
    writeFileSync(file, JSON.stringify({ services: Object.fromEntries(services) }));
    this.files = [...FILES[target], file];
  }

  run(...args: string[]): Promise<string> {
    return docker(this.command(args), this.variables);
  }

  /** Resolves when everything is healthy. Keeps the logs when something does not become so. */
  async up(): Promise<void> {
    try {
      await this.run('up', '--detach', '--wait', '--wait-timeout', WAIT_SECONDS);
    } catch (error) {
      await this.saveLogs();
      throw error;
    }
  }

  /** The containers of each service, in the order of their numbers. */
  containers(): Promise<Containers> {
    return containersOf(this.project);
  }

  /** Copies a file out of a container, also out of one that has ended. */
  async copy(service: string, file: string, folder: string): Promise<void> {
    await this.run('cp', `${service}:${file}`, folder);
  }

  async saveLogs(): Promise<void> {
    const logs = await this.run('logs', '--no-color', '--timestamps');
    writeFileSync(join(folderForLogs(), 'containers.log'), logs);
  }

  /** Nothing is left of it: no container, no network, no volume. Another time it does nothing. */
  async down(): Promise<void> {
    if (this.isForgotten) return;
    await this.run(...DOWN);
    this.forget();
  }

  /** For the end of the process. */
  downNow(): void {
    if (this.isForgotten) return;
    dockerNow(this.command(DOWN), this.variables);
    this.forget();
  }

  private get isForgotten(): boolean {
    return !existsSync(this.folder);
  }

  private forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private command(args: readonly string[]): string[] {
    const files = this.files.flatMap((file) => ['--file', file]);
    // Neither the user's own settings nor a progress display.
    const quiet = ['--env-file', '/dev/null', '--progress', 'quiet', '--ansi', 'never'];
    return ['compose', '--project-name', this.project, ...files, ...quiet, ...args];
  }
}
