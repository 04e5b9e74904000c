import { setTimeout as sleep } from 'node:timers/promises';
import { Alert } from '@app/contracts';
import type { Difference } from './difference';

/** The code of an alert that tells of an exchange, a queue or a binding that is not as it was made. */
export const TOPOLOGY_DIFFERS = 'TOPOLOGY_DIFFERS';

/** The code of the alert that the topology cannot be looked at, since the management API does not answer. */
const TOPOLOGY_UNCHECKED = 'TOPOLOGY_UNCHECKED';

const LOOK_EVERY_MS = 10_000;

/** Looks at the topology again and again, and tells of each difference once, until it is gone. */
export class TopologyWatch {
  private told = new Set<string>();

  constructor(
    private readonly check: () => Promise<readonly Difference[]>,
    private readonly onAlert: (alert: Alert) => void,
    private readonly lookEveryMs = LOOK_EVERY_MS,
  ) {}

  async until(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      await this.look(end);
      await sleep(this.lookEveryMs, undefined, { signal: end }).catch(() => undefined);
    }
  }

  private async look(end: AbortSignal): Promise<void> {
    try {
      const texts = (await this.check()).map(({ text }) => text);
      this.tell('error', TOPOLOGY_DIFFERS, texts, end);
    } catch (error) {
      this.tell('warning', TOPOLOGY_UNCHECKED, [error instanceof Error ? error.message : String(error)], end);
    }
  }

  private tell(severity: Alert['severity'], code: string, texts: readonly string[], end: AbortSignal): void {
    const news = texts.filter((text) => !this.told.has(text));
    this.told = new Set(texts);
    if (end.aborted) return;
    for (const text of news)
      this.onAlert({ severity, service: 'alerts', code, text, at: new Date().toISOString() });
  }
}
