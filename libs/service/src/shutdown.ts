/** Ends the process with code 1 when a stop that one of the signals asked for has not ended it within the limit (milliseconds). */
export function exitWithin(limitMs: number, signals: readonly NodeJS.Signals[]): void {
  for (const signal of signals) {
    process.once(signal, () => {
      setTimeout(() => {
        process.stderr.write(`Not stopped within ${limitMs} ms of ${signal}: exiting\n`);
        process.exit(1);
      }, limitMs).unref();
    });
  }
}
