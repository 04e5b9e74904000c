import { NestFastifyApplication } from '@nestjs/platform-fastify';

const SIGNALS: readonly NodeJS.Signals[] = ['SIGTERM', 'SIGINT'];

/** How long a stop waits for requests that are not answered; then their connections are cut. */
const REQUEST_LIMIT_MS = 7_000;

/** How long a stop may take at all, in milliseconds. */
const STOP_LIMIT_MS = 9_000;

/**
 * Lets SIGTERM and SIGINT stop the service, and the process end with code 0: work that has begun is finished, requests are answered,
 * connections are closed. Whatever hangs is cut off in time.
 */
export function stopOnSignal(app: NestFastifyApplication): void {
  let workIsOver = false;
  // Called when the work was drained and all requests are answered.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', () => {
      workIsOver = true;
      return Promise.resolve();
    });
  app.enableShutdownHooks([...SIGNALS], { useProcessExit: true });
  // Only a process that was started with Node's IPC channel hears this: the process that supervised it has ended, and no other would stop it.
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  onSlowStop(REQUEST_LIMIT_MS, () => app.getHttpServer().closeAllConnections());
  onSlowStop(STOP_LIMIT_MS, () => exitAnyway(workIsOver));
}

function onSlowStop(limitMs: number, action: () => void): void {
  for (const signal of SIGNALS) process.once(signal, () => setTimeout(action, limitMs).unref());
}

/** With code 0 when nothing was left to do but to take leave of a broker that does not answer. */
function exitAnyway(workIsOver: boolean): never {
  process.stderr.write(`Not stopped within ${STOP_LIMIT_MS} ms: exiting\n`);
  process.exit(workIsOver ? 0 : 1);
}
