import { AsyncLocalStorage } from 'node:async_hooks';
import { DomainError } from '@app/service';
import { isRowError } from './pool/database-errors';
import { isInTransaction } from './running-transaction';

export interface GroupOptions {
  /** The most items of a group. */
  readonly max: number;
  /** The most groups under way at once: with two, one is sent while the other commits. */
  readonly underWay: number;
  /** The longest that an item waits for its group to start, in milliseconds; without it, an item waits for however long it takes. */
  readonly waitLimitMs?: number;
}

/** An item waited for too long; it was not begun, and has no effect. */
export class Overloaded extends DomainError {
  readonly code = 'OVERLOADED';
  readonly kind = 'unavailable';
  override readonly retryAfterSeconds = 5;

  constructor(readonly waitedMs: number) {
    super(
      `More requests wait than can be begun within ${waitedMs} ms. Nothing was done for this one; send it again.`,
    );
  }
}

interface Caller<In, Out> {
  readonly item: In;
  readonly resolve: (answer: Out) => void;
  readonly reject: (error: unknown) => void;
  timer?: NodeJS.Timeout;
}

/** Taken where the module is loaded, so neither a transaction nor a log context of any caller is in it. */
const outside = AsyncLocalStorage.snapshot();

/**
 * Lets callers that know nothing of each other share statements and commits. A group is what has arrived while the groups
 * before it were under way. Nothing waits to fill one: a lone item is as quick as it would be without.
 * @see https://wiki.postgresql.org/wiki/Group_commit (the same idea inside the server)
 */
export class GroupCommit<In, Out> {
  private readonly waiting = new Set<Caller<In, Out>>();
  private underWay = 0;
  private scheduled = false;

  /**
   * @param run does the work for all items or for none, and resolves with one answer for each, in their order. It runs in the
   * context of none of the callers: what it needs of that comes with the item.
   */
  constructor(
    private readonly run: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly options: GroupOptions,
  ) {}

  /**
   * Resolves once the item's group is done. Inside a transaction the item joins no group: it takes part in that transaction,
   * at once, and in its caller's context.
   *
   * When the group fails for an error of a row, its items are done again one by one, so that each caller gets what is its own.
   * Any other error, such as a database that is away, goes to all callers, and nothing is tried again.
   * @throws Overloaded, or what `run` throws
   */
  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      if (isInTransaction()) void this.commit([{ item, resolve, reject }]);
      else this.enqueue({ item, resolve, reject });
    });
  }

  private enqueue(caller: Caller<In, Out>): void {
    const { waitLimitMs } = this.options;
    if (waitLimitMs !== undefined)
      caller.timer = setTimeout(() => this.giveUp(caller, waitLimitMs), waitLimitMs);
    this.waiting.add(caller);
    this.schedule();
  }

  private giveUp(caller: Caller<In, Out>, waitedMs: number): void {
    this.waiting.delete(caller);
    caller.reject(new Overloaded(waitedMs));
  }

  /** After this turn's I/O events: requests that one read of a socket has brought go into the same group. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.begin();
    });
  }

  private begin(): void {
    while (this.underWay < this.options.underWay && this.waiting.size > 0) {
      const group = this.nextGroup();
      this.underWay += 1;
      void outside(() => this.commit(group)).finally(() => {
        this.underWay -= 1;
        this.begin();
      });
    }
  }

  private nextGroup(): readonly Caller<In, Out>[] {
    const group: Caller<In, Out>[] = [];
    for (const caller of this.waiting) {
      if (group.length === this.options.max) break;
      clearTimeout(caller.timer);
      this.waiting.delete(caller);
      group.push(caller);
    }
    return group;
  }

  /** Never rejects: an error goes to the callers that it concerns. */
  private async commit(group: readonly Caller<In, Out>[]): Promise<void> {
    try {
      await this.answer(group);
    } catch (error) {
      if (group.length > 1 && isRowError(error)) await this.commitOneByOne(group);
      else rejectAll(group, error);
    }
  }

  /** Ends early for an error that is no row's: those that are left would only wait for the same. */
  private async commitOneByOne(group: readonly Caller<In, Out>[]): Promise<void> {
    for (const [index, caller] of group.entries()) {
      try {
        await this.answer([caller]);
      } catch (error) {
        if (!isRowError(error)) {
          rejectAll(group.slice(index), error);
          return;
        }
        caller.reject(error);
      }
    }
  }

  private async answer(group: readonly Caller<In, Out>[]): Promise<void> {
    const answers = await this.run(group.map(({ item }) => item));
    if (answers.length !== group.length) throw new Error('A group must be given one answer for each item.');
    for (const [index, answer] of answers.entries()) group[index]?.resolve(answer);
  }
}

function rejectAll(group: readonly Pick<Caller<never, never>, 'reject'>[], error: unknown): void {
  for (const { reject } of group) reject(error);
}
