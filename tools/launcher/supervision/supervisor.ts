import { memoryOf } from '../../../infra/processes/memory';
import { serviceOf } from '../suite/service-descriptions';
import { SCALABLE, type Services } from '../suite/services';
import type { Part } from '../../../infra/processes/part';
import { type State, Supervised } from './supervised';

/** One program of the suite, as `npm run suite` shows it. */
export interface PartStatus {
  readonly name: string;
  readonly state: State;
  readonly pid?: number;
  readonly port?: number;
  /** How often it was started again after it had ended unasked. */
  readonly restarts: number;
  /** Of its process and all that this has started, in MiB. */
  readonly memory?: number;
}

/** There is no such name. */
export class UnknownPart extends Error {
  constructor(name: string, known: readonly string[]) {
    super(`There is no "${name}" in this suite. There are ${known.join(', ')}.`);
  }
}

interface Supervision {
  readonly services: Services;
  /** Broker, database and mail server, as far as they are the suite's own. */
  readonly servers: readonly Part[];
  /** Services that are to be stopped at first. */
  readonly without: readonly string[];
  /** Told what happens, a line each. */
  readonly say: (line: string) => void;
}

/** Starts again what ends, and does what people ask for: the suite that one can take apart by hand. */
export class Supervisor {
  private readonly parts: Supervised[];

  constructor(private readonly supervision: Supervision) {
    const { services, servers, without } = supervision;
    this.parts = [...services.all(), ...servers].map(
      (part) => new Supervised(part, !without.includes(part.name), supervision.say),
    );
  }

  /** Of all, or of those of this name. @throws UnknownPart */
  status(name?: string): PartStatus[] {
    const parts = name === undefined ? this.parts : this.named(name);
    return parts.map(({ name, state, pid, port, restarts }) => ({
      ...{ name, state, pid, port, restarts },
      memory: pid === undefined ? undefined : memoryOf(pid),
    }));
  }

  /** A part has ended unasked. */
  ended(name: string, how: string): void {
    this.parts.find((part) => part.name === name)?.ended(how);
  }

  /** Calls the work for the part of this name; for a service also for each of its replicas. @throws UnknownPart, or what the work throws */
  async each(name: string, work: (part: Supervised) => void | Promise<void>): Promise<void> {
    await Promise.all(this.named(name).map(async (part) => work(part)));
  }

  /**
   * Starts or stops replicas, until so many processes of the service run.
   * @throws Error for a count below 1, or for what is no service that can have replicas
   */
  async scale(service: string, count: number): Promise<void> {
    if (!SCALABLE.includes(service)) throw new Error(`Only these can be scaled: ${SCALABLE.join(', ')}.`);
    if (!Number.isInteger(count) || count < 1 || count > 20)
      throw new Error(`A service can have 1 to 20 processes; "stop ${service}" stops it.`);
    const surplus = this.named(service).slice(count);
    await Promise.all(surplus.map((part) => this.remove(part)));
    const missing = Math.max(0, count - this.named(service).length);
    await Promise.all(Array.from({ length: missing }, () => this.add(service)));
  }

  /** Nothing is started again from now on. */
  close(): void {
    for (const part of this.parts) part.leave();
  }

  private async add(service: string): Promise<void> {
    const { services, say } = this.supervision;
    const part = new Supervised(await services.createReplica(service), false, say);
    const last = this.named(service).at(-1);
    this.parts.splice(last === undefined ? 0 : this.parts.indexOf(last) + 1, 0, part);
    await part.start();
  }

  private async remove(part: Supervised): Promise<void> {
    this.parts.splice(this.parts.indexOf(part), 1);
    await part.stop();
    this.supervision.services.forgetReplica(part.name);
  }

  private named(name: string): Supervised[] {
    const found = this.parts.filter((part) => part.name === name || serviceOf(part.name) === name);
    if (found.length > 0) return found;
    throw new UnknownPart(
      name,
      this.parts.map((part) => part.name),
    );
  }
}
