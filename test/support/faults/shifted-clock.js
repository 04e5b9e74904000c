/**
 * Loaded by Node before a service: its clock is wrong by CLOCK_OFFSET_MS; or by what the file CLOCK_OFFSET_FILE says, which may change while
 * the service runs. Timers and `performance.now()` go on as ever, as they do when a machine's clock is set.
 */
const { readFileSync } = require('node:fs');

/** How old what was read from the file may be, in milliseconds. */
const LOOK_EVERY_MS = 100;

const { CLOCK_OFFSET_MS = '0', CLOCK_OFFSET_FILE: file } = process.env;
const trueNow = Date.now;

let offset = Number(CLOCK_OFFSET_MS);
let lookedAt = -Infinity;

function currentOffset() {
  const now = performance.now();
  if (file !== undefined && now - lookedAt >= LOOK_EVERY_MS) {
    lookedAt = now;
    offset = Number(readFileSync(file, 'utf8'));
  }
  return offset;
}

Date.now = () => trueNow() + currentOffset();

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget),
});
