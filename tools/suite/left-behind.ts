import { ProcessLedger } from '../../infra/processes/process-ledger';

/** The launcher was killed, and cannot be asked; some of what it started still runs. */
class LauncherKilled extends Error {
  constructor(names: readonly string[]) {
    super(
      `"npm start" was killed. These still run: ${names.join(', ')}. "npm run suite -- down" stops them; "npm start" does so too, and starts anew.`,
    );
  }
}

/** Stops what a killed launcher has left behind. @returns whether there was anything */
export async function stopLeftBehind(dataFolder: string): Promise<boolean> {
  const ledger = new ProcessLedger(dataFolder);
  if (ledger.leftBehind.length === 0) return false;
  await ledger.take();
  ledger.release();
  return true;
}

/** @throws LauncherKilled where a killed launcher has left something behind, else the error */
export function explained(error: unknown, dataFolder: string): never {
  const names = new ProcessLedger(dataFolder).leftBehind;
  throw names.length > 0 ? new LauncherKilled(names) : error;
}
