import { Handler } from '../pipeline/handler';
import { Received } from '../pipeline/received';
import { Outcome } from '../pipeline/step';

/** An `@OnEvents` method has not said what became of each event. */
export class OutcomesMissing extends Error {
  readonly code = 'OUTCOMES_MISSING';

  constructor(name: string, events: number) {
    super(
      `${name} was given ${events} events, and must answer 'done' or { refused: error } for each, in order.`,
    );
  }
}

/** A method that takes all events of a batch together, and answers for each. */
export class BatchHandler implements Handler {
  constructor(
    readonly name: string,
    private readonly method: (events: readonly object[]) => Promise<unknown>,
  ) {}

  /** @throws OutcomesMissing, or what the method rejects with */
  async handle(messages: readonly Received[]): Promise<readonly Outcome[]> {
    const outcomes = await this.method(
      messages.map(({ id, type, data, context }) => ({ id, type, data, context })),
    );
    if (isListOfOutcomes(outcomes) && outcomes.length === messages.length) return outcomes;
    throw new OutcomesMissing(this.name, messages.length);
  }
}

const isListOfOutcomes = (value: unknown): value is readonly Outcome[] =>
  Array.isArray(value) && value.every(isOutcome);

const isOutcome = (value: unknown): boolean =>
  value === 'done' || (typeof value === 'object' && value !== null && 'refused' in value);
