import * as fc from 'fast-check';
import { FAULTS } from './faults/faults';
import { drawSchedule, type PlannedFault, RECOVERY_MS } from './schedule';

const MINUTE_MS = 60_000;

const schedules = fc
  .record({ seed: fc.nat(1_000_000), minutes: fc.constantFrom(0.6, 1, 3, 10) })
  .map(({ seed, minutes }) => ({ seed, lengthMs: minutes * MINUTE_MS }));

const endOf = ({ atMs, forMs }: PlannedFault): number => atMs + forMs;

/** Those that last at that moment. */
const during = (planned: readonly PlannedFault[], atMs: number): PlannedFault[] =>
  planned.filter((fault) => fault.atMs <= atMs && atMs < endOf(fault));

describe(drawSchedule.name, () => {
  /** Checks it for many seeds. */
  const always = (holds: (planned: readonly PlannedFault[], lengthMs: number) => void): void =>
    fc.assert(
      fc.property(schedules, ({ seed, lengthMs }) => holds(drawSchedule(seed, lengthMs, FAULTS), lengthMs)),
      { numRuns: 30 },
    );

  it('is the same for the same seed, and another one for another', () => {
    expect(drawSchedule(7, MINUTE_MS, FAULTS)).toEqual(drawSchedule(7, MINUTE_MS, FAULTS));
    expect(drawSchedule(7, MINUTE_MS, FAULTS)).not.toEqual(drawSchedule(8, MINUTE_MS, FAULTS));
  });

  it('ends every fault before the run ends', () => {
    always((planned, lengthMs) => {
      for (const fault of planned) expect(endOf(fault)).toBeLessThanOrEqual(lengthMs);
    });
  });

  it('has two faults at once at most, and sometimes two', () => {
    always((planned) => {
      for (const { atMs } of planned) expect(during(planned, atMs).length).toBeLessThanOrEqual(2);
    });
    const planned = drawSchedule(7, 10 * MINUTE_MS, FAULTS);
    expect(planned.filter(({ atMs }) => during(planned, atMs).length === 2).length).toBeGreaterThan(10);
  });

  it('strikes no part again before it has recovered', () => {
    always((planned) => {
      for (const [index, fault] of planned.entries()) {
        const later = planned.slice(index + 1).filter(({ part }) => part === fault.part);
        for (const { atMs } of later) expect(atMs).toBeGreaterThanOrEqual(endOf(fault) + RECOVERY_MS);
      }
    });
  });

  it('keeps to the bounds of each kind', () => {
    always((planned) => {
      for (const { name, part, forMs } of planned) {
        const kind = FAULTS.find((candidate) => candidate.name === name && candidate.parts.includes(part));
        const [shortest = NaN, longest = NaN] = kind?.seconds ?? [];
        expect(forMs).toBeGreaterThanOrEqual(shortest * 1_000);
        expect(forMs).toBeLessThanOrEqual(longest * 1_000);
      }
    });
  });

  it('brings several faults within half a minute, and two thirds of all there are within ten', () => {
    const all = FAULTS.flatMap(({ parts }) => parts).length;
    always((planned, lengthMs) => {
      const kinds = new Set(planned.map(({ name, part }) => `${name} ${part}`)).size;
      expect(kinds).toBeGreaterThanOrEqual(lengthMs < 10 * MINUTE_MS ? 4 : (all * 2) / 3);
    });
  });
});
