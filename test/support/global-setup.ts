import { SharedServers } from './shared-servers';
import { handOver, handOverFailure } from './addresses';

declare global {
  var sharedServers: SharedServers | undefined;
}

/** Starts what integration specs need. Where that fails, each of them says so, and the other tests run all the same. */
export default async function globalSetup(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  globalThis.sharedServers = new SharedServers();
  try {
    await globalThis.sharedServers.start();
    handOver(globalThis.sharedServers);
  } catch (error) {
    handOverFailure(error);
  }
}
