import { Infrastructure } from './infrastructure';
import { handOver, handOverFailure } from './addresses';

declare global {
  var infrastructure: Infrastructure | undefined;
}

/** Starts what integration specs need. Where that fails, each of them says so, and the other tests run all the same. */
export default async function globalSetup(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  globalThis.infrastructure = new Infrastructure();
  try {
    await globalThis.infrastructure.start();
    handOver(globalThis.infrastructure);
  } catch (error) {
    handOverFailure(error);
  }
}
