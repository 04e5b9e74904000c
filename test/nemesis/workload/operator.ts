import { DeadLetters } from '@app/broker-admin';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Recorder } from '../history';

const LOOKS_EVERY_MS = 3_000;

/** Gives dead letters another chance as soon as there are any, as `npm run dead-letters -- redrive` does. */
export class Operator {
  private atWork = true;
  private readonly deadLetters = new DeadLetters(this.brokerUrls);
  private readonly working = this.work();

  constructor(
    private readonly brokerUrls: readonly string[],
    private readonly history: Recorder,
  ) {}

  async leave(): Promise<void> {
    this.atWork = false;
    await this.working;
  }

  private async work(): Promise<void> {
    while (this.atWork) {
      // The broker may be away just then.
      await this.redriveAll().catch(() => undefined);
      await sleep(LOOKS_EVERY_MS);
    }
  }

  private async redriveAll(): Promise<void> {
    const counts = await this.deadLetters.list();
    for (const { queue, messages } of counts)
      if (messages !== null && messages > 0) await this.redrive(queue);
  }

  private async redrive(queue: string): Promise<void> {
    await this.deadLetters.show(queue, (letters) => {
      for (const { messageId, reason } of letters) {
        this.history.redriven.push({ queue, messageId, reason, at: Date.now() });
      }
    });
    await this.deadLetters.redrive(queue);
  }
}
