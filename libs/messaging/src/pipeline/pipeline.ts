import { Next, Step } from './step';

/** Steps in the order in which messages enter them; they are left in the opposite order. */
export class Pipeline<In, Out> {
  private constructor(private readonly before: (next: Next<Out>) => Next<In>) {}

  static from<Message>(): Pipeline<Message, Message> {
    return new Pipeline((next) => next);
  }

  /** Adds a step behind those that are there. */
  through<After>(step: Step<Out, After>): Pipeline<In, After> {
    return new Pipeline((next) => this.before((messages) => step.handle(messages, next)));
  }

  /** Ends it. @returns what takes messages at its beginning */
  to(last: Next<Out>): Next<In> {
    return this.before(last);
  }
}
