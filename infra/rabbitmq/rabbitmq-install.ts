import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT, environmentWith } from '../environment';
import { ManagedProcess } from '../processes/managed-process';
import { ProcessFailed } from '../processes/until-ready';
import { RabbitmqMissing } from './rabbitmq-missing';
import { findRabbitmqServer } from './rabbitmq-programs';

const INSTALL_SCRIPT = join(CHECKOUT, 'infra/rabbitmq/install-on-debian.sh');

/** What decides whether the launcher may install something. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly hasApt: boolean;
  readonly isRoot: boolean;
}

/**
 * Sees to it that a RabbitMQ is installed: on Debian and Ubuntu, root gets it installed, after saying so.
 * @param signal ends the installation after the step that is under way: a package must not be left half installed
 * @throws RabbitmqMissing
 */
export async function ensureRabbitmq(say: (line: string) => void, signal?: AbortSignal): Promise<void> {
  if (findRabbitmqServer() !== undefined) return;
  assertInstallable(thisMachine());
  say(
    'RabbitMQ is not installed: installing the package rabbitmq-server with apt-get (no service is left running).',
  );
  const env = environmentWith({});
  const installer = await ManagedProcess.start({
    name: 'apt-get',
    command: 'sh',
    args: [INSTALL_SCRIPT],
    env,
    signal,
  });
  const interrupt = (): void => {
    say('Waiting for apt-get to end …');
    installer.signal('SIGTERM');
  };
  signal?.addEventListener('abort', interrupt);
  const { code } = await installer.exited;
  signal?.removeEventListener('abort', interrupt);
  signal?.throwIfAborted();
  if (code !== 0) throw new ProcessFailed('RabbitMQ could not be installed:', installer);
}

/** @throws RabbitmqMissing where the launcher may not install it */
export function assertInstallable({ platform, hasApt, isRoot }: Machine): void {
  if (!hasApt || !isRoot) throw new RabbitmqMissing(platform);
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  hasApt: existsSync('/usr/bin/apt-get'),
  isRoot: process.getuid?.() === 0,
});
