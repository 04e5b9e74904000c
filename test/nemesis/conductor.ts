import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import type { FaultKind } from './faults/fault-kind';
import type { Recorder } from './history';
import type { PlannedFault } from './schedule';
import type { Stage } from './stage/stage';

/** Lets the faults of a schedule happen, each in its time. */
export class Conductor {
  /** What each part was struck with last: a machine that is busy may end a fault later than was planned. */
  private readonly last = new Map<string, Promise<string | undefined>>();

  /** @param say is told what happens, a line each */
  constructor(
    private readonly stage: Stage,
    private readonly kinds: readonly FaultKind[],
    private readonly history: Recorder,
    private readonly say: (line: string) => void,
  ) {}

  /** Resolves when every fault has ended, with what went wrong where one could not be made, or not be ended. */
  async carryOut(schedule: readonly PlannedFault[]): Promise<string[]> {
    const began = performance.now();
    const failures = await Promise.all(schedule.map((fault) => this.inItsTime(fault, began)));
    return failures.flatMap((failure) => failure ?? []);
  }

  private inItsTime(fault: PlannedFault, began: number): Promise<string | undefined> {
    const before = this.last.get(fault.part);
    const happening = (async () => {
      await sleep(began + fault.atMs - performance.now());
      await before;
      return this.happen(fault);
    })();
    this.last.set(fault.part, happening);
    return happening;
  }

  private async happen(fault: PlannedFault): Promise<string | undefined> {
    const { name, part, forMs } = fault;
    const begunAt = Date.now();
    try {
      this.say(`${part}: ${name}, for ${forMs / 1_000} s`);
      const end = await this.kindOf(fault).strike(this.stage, fault);
      await sleep(forMs);
      await end();
      this.say(`${part}: ${name}: ended`);
      return undefined;
    } catch (error) {
      return `${part}: ${name}: ${inspect(error)}`;
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
