import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultKind } from './faults/fault-kind';
import type { Recorder } from './history';
import type { PlannedFault } from './schedule';
import type { Stage } from './stage/stage';

/** Lets the faults of a schedule happen, each in its time. */
export class Conductor {
  /** What each part was struck with last: a machine that is busy may end a fault later than was planned. */
  private readonly last = new Map<string, Promise<void>>();

  /** @param say is told what happens, a line each */
  constructor(
    private readonly stage: Stage,
    private readonly kinds: readonly FaultKind[],
    private readonly history: Recorder,
    private readonly say: (line: string) => void,
  ) {}

  /** Resolves when every fault has ended. @throws AggregateError where one could not be made, or ended; the others were all the same */
  async carryOut(schedule: readonly PlannedFault[]): Promise<void> {
    const began = performance.now();
    const results = await Promise.allSettled(schedule.map((fault) => this.inItsTime(fault, began)));
    const reasons = results.flatMap((result): unknown[] =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    if (reasons.length > 0) throw new AggregateError(reasons, `${reasons.length} faults failed`);
  }

  private inItsTime(fault: PlannedFault, began: number): Promise<void> {
    const before = this.last.get(fault.part);
    const happening = (async () => {
      await sleep(began + fault.atMs - performance.now());
      await Promise.allSettled([before]);
      await this.happen(fault);
    })();
    this.last.set(fault.part, happening);
    return happening;
  }

  private async happen(fault: PlannedFault): Promise<void> {
    const { name, part, forMs } = fault;
    const begunAt = Date.now();
    try {
      this.say(`${part}: ${name}, for ${forMs / 1_000} s`);
      const end = await this.kindOf(fault).strike(this.stage, fault);
      await sleep(forMs);
      await end();
      this.say(`${part}: ${name}: ended`);
    } catch (error) {
      throw new Error(`${part}: ${name}: failed`, { cause: error });
    } finally {
      this.history.faults.push({ name, part, begunAt, endedAt: Date.now() });
    }
  }

  private kindOf({ name, part }: PlannedFault): FaultKind {
    const found = this.kinds.find((kind) => kind.name === name && kind.parts.includes(part));
    if (found === undefined) throw new Error(`There is no fault "${name}" of ${part}.`);
    return found;
  }
}
