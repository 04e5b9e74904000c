import { runInContext } from '@app/service';
import { Logger } from '@nestjs/common';
import { Received } from '../../pipeline/received';
import { Next, Outcome, Step } from '../../pipeline/step';

/** Under load, a queue gets one line in so many milliseconds. */
const AT_MOST_EVERY_MS = 100;

/** Says what was handled: a line for a lone message, and one line for many that were handled in a short time. */
export class LogHandled implements Step<Received> {
  private readonly logger: Logger;
  private handled: Received[] = [];
  private saidAt = -Infinity;
  private timer?: NodeJS.Timeout;

  constructor(queue: string) {
    this.logger = new Logger(queue);
  }

  async handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    const started = performance.now();
    const outcomes = await next(messages);
    this.handled.push(...messages.filter((_, index) => outcomes[index] === 'done'));
    this.timer ??= setTimeout(
      () => this.say(Math.round(performance.now() - started)),
      Math.max(0, this.saidAt + AT_MOST_EVERY_MS - performance.now()),
    );
    return outcomes;
  }

  private say(ms: number): void {
    const handled = this.handled;
    this.handled = [];
    this.timer = undefined;
    this.saidAt = performance.now();
    const [first] = handled;
    if (first === undefined) return;
    if (handled.length === 1) this.sayOne(first, ms);
    else this.logger.log({ events: handled.map(({ id }) => id), ms }, `handled ${countsOf(handled)}`);
  }

  private sayOne({ id, type, subject, context, handler }: Received, ms: number): void {
    runInContext(context, () =>
      this.logger.log({ event: id, subject, ms }, `${type} handled by ${handler.name}`),
    );
  }
}

/** `12 order.created, 3 order.cancelled` */
function countsOf(handled: readonly Received[]): string {
  const counts = new Map<string, number>();
  for (const { type } of handled) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => `${count} ${type}`).join(', ');
}
