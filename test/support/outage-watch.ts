import { Backoff } from '@app/amqp';
import { OPS_ALERTS } from '@app/contracts';
import { Readiness } from '@app/service';
import { eventually } from '../../infra/eventually';
import type { MessagingHarness } from './messaging-harness';

const ALERTS = 'alerts';

const BEGUN = 'is away, nothing is sent';

/** Makes every pause of an outage a quarter as long: 0.25 s, 0.5 s, 1 s … Longer ones are the unit spec's matter. */
export function shortenPauses(): void {
  const usual: () => number = Reflect.get(Backoff.prototype, 'next');
  jest.spyOn(Backoff.prototype, 'next').mockImplementation(function (this: Backoff) {
    return Reflect.apply(usual, this, []) / 4;
  });
}

/** What an outage of a service's provider does to the service and its queues. */
export class OutageWatch {
  private constructor(
    private readonly harness: MessagingHarness,
    private readonly queues: readonly string[],
  ) {}

  static async of(harness: MessagingHarness, queues: readonly string[]): Promise<OutageWatch> {
    await harness.channel.assertQueue(ALERTS, { exclusive: true });
    for (const severity of ['info', 'error'])
      await harness.channel.bindQueue(ALERTS, OPS_ALERTS.name, severity);
    return new OutageWatch(harness, queues);
  }

  /** Empties the queues, and forgets what was logged and told. */
  async forget(): Promise<void> {
    this.harness.log.length = 0;
    for (const queue of [...this.queues, ...this.queues.map(deadLettersOf), ALERTS])
      await this.harness.channel.purgeQueue(queue);
  }

  untilConsuming(): Promise<void> {
    return this.untilConsumers(1);
  }

  untilPaused(): Promise<void> {
    return this.untilConsumers(0);
  }

  /** So many probes have failed, each after a longer pause. */
  untilProbed(times: number): Promise<void> {
    return this.untilLogged('is still away', times);
  }

  /** The outage has begun so often. */
  untilBegun(times: number): Promise<void> {
    return this.untilLogged(BEGUN, times);
  }

  timesBegun(): number {
    return this.logged(BEGUN).length;
  }

  deadLetters(): Promise<number[]> {
    return Promise.all(this.queues.map((queue) => this.harness.waiting(deadLettersOf(queue))));
  }

  /** Of the messages that wait; they stay there. */
  async failedAttempts(): Promise<number[]> {
    const { channel } = this.harness;
    const attempts: number[] = [];
    for (const queue of this.queues) {
      for (let got = await channel.get(queue); got !== false; got = await channel.get(queue))
        attempts.push(Number(got.properties.headers?.['x-failed-attempts'] ?? 0));
    }
    channel.nackAll(true);
    return attempts;
  }

  /** As the service's readiness says it. */
  async health(): Promise<string | undefined> {
    return (await this.harness.app.get(Readiness).report()).checks.provider;
  }

  /** The codes of the alerts that were raised. */
  async alerts(): Promise<string[]> {
    const codes: string[] = [];
    for (let got = await this.harness.take(ALERTS); got !== undefined; got = await this.harness.take(ALERTS))
      codes.push(String(got.properties.type));
    return codes;
  }

  private untilLogged(text: string, times: number): Promise<void> {
    return eventually(() => expect(this.logged(text).length).toBeGreaterThanOrEqual(times), {
      within: 90_000,
    });
  }

  private logged(text: string): string[] {
    return this.harness.log.filter((line) => line.includes(text));
  }

  private untilConsumers(count: number): Promise<void> {
    const all = this.queues.map(() => count);
    const counted = () => Promise.all(this.queues.map((queue) => this.harness.consumers(queue)));
    return eventually(async () => expect(await counted()).toEqual(all), { within: 60_000 });
  }
}

const deadLettersOf = (queue: string): string => `${queue}.dead`;
