import { setTimeout as sleep } from 'node:timers/promises';
import type { Difference } from '@app/broker-admin';

const LOOK_EVERY_MS = 1_000;

/** A service hears nothing of what is published, and an open tail would hide that. */
export class ServiceUnbound extends Error {
  constructor(differences: readonly Difference[]) {
    super(
      `${differences.map(({ text }) => text).join('\n')}\nWhile a tail is open, RabbitMQ returns no event that the tail alone receives, and the relay would count it as delivered. So this tail ends. "npm run topology" binds everything again.`,
    );
  }
}

/**
 * Ends a tail where a queue of a service is no longer bound to its exchange. RabbitMQ returns a message only if it reaches no queue at all, and
 * a tail has one.
 */
export class BindingsGuard {
  private told = false;
  private someWereMissing = false;

  /**
   * @param check what differs from the topology
   * @param say is told once that it cannot be looked at
   */
  constructor(
    private readonly check: () => Promise<readonly Difference[]>,
    private readonly say: (line: string) => void,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {}

  /** @throws ServiceUnbound */
  async until(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      await this.look();
      await sleep(this.lookEveryMs, undefined, { signal: end }).catch(() => undefined);
    }
  }

  /** A queue that was missing is made first and bound then, and the relay waits 2 s for that: one look more. */
  private async look(): Promise<void> {
    const differences = await this.differences();
    const unbound = differences.filter(({ kind }) => kind === 'unbound');
    if (unbound.length > 0 && !this.someWereMissing) throw new ServiceUnbound(unbound);
    this.someWereMissing = differences.some(({ kind }) => kind === 'missing');
  }

  private async differences(): Promise<readonly Difference[]> {
    try {
      return await this.check();
    } catch (error) {
      if (!this.told)
        this.say(`The bindings are not looked at. ${error instanceof Error ? error.message : ''}`);
      this.told = true;
      return [];
    }
  }
}
