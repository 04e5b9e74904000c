/**
 * Loaded by Node before a service: its clock is wrong by CLOCK_OFFSET_MS. Timers and `performance.now()` go on as ever, as they
 * do when a machine's clock is set.
 */
const offset = Number(process.env.CLOCK_OFFSET_MS);
const trueNow = Date.now;

Date.now = () => trueNow() + offset;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, newTarget),
});
