import { countsOf, Gathered, runInContext } from '@app/service';
import { Logger } from '@nestjs/common';
import { Received } from '../../pipeline/received';
import { Next, Outcome, Step } from '../../pipeline/step';

/** A message, and how long its batch took. */
interface Handled {
  readonly message: Received;
  readonly ms: number;
}

/** Says what was handled: a line for a lone message, and one line for many that were handled in a short time. */
export class LogHandled implements Step<Received> {
  private readonly logger: Logger;
  private readonly handled = new Gathered<Handled>((all) => this.say(all));

  constructor(queue: string) {
    this.logger = new Logger(queue);
  }

  async handle(messages: readonly Received[], next: Next<Received>): Promise<readonly Outcome[]> {
    const started = performance.now();
    const outcomes = await next(messages);
    const ms = Math.round(performance.now() - started);
    const done = messages.filter((_, index) => outcomes[index] === 'done');
    this.handled.add(done.map((message) => ({ message, ms })));
    return outcomes;
  }

  private say(handled: readonly Handled[]): void {
    const [first] = handled;
    if (handled.length === 1 && first !== undefined) return this.sayOne(first);
    const messages = handled.map(({ message }) => message);
    const ms = Math.max(...handled.map((one) => one.ms));
    this.logger.log({ events: messages.map(({ id }) => id), ms }, `handled ${summaryOf(messages)}`);
  }

  private sayOne({ message, ms }: Handled): void {
    const { id, type, subject, context, handler } = message;
    runInContext(context, () =>
      this.logger.log({ event: id, subject, ms }, `${type} handled by ${handler.name}`),
    );
  }
}

/** `12 order.created, 3 order.cancelled` */
const summaryOf = (handled: readonly Received[]): string =>
  [...countsOf(handled.map(({ type }) => type))].map(([type, count]) => `${count} ${type}`).join(', ');
