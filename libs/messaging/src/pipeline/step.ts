/**
 * What became of one message: `done`, it may be acknowledged; `give back`, the broker delivers it again; `try again`, this process
 * keeps it for another try; refused, it goes the way of its error.
 */
export type Outcome = 'done' | 'give back' | 'try again' | Refused;

export interface Refused {
  readonly refused: unknown;
}

/** What comes after a step. */
export type Next<Message> = (messages: readonly Message[]) => Promise<readonly Outcome[]>;

/**
 * One concern on the way of messages from their queue to their handler: it acts before what comes next, after it, or in its place.
 *
 * Contract: a step answers with one outcome for each message, in their order. Where it rejects, none of the messages has had an
 * effect that lasts: what they did was rolled back.
 */
export interface Step<In, Out = In> {
  handle(messages: readonly In[], next: Next<Out>): Promise<readonly Outcome[]>;
}

export const isRefused = (outcome: Outcome | undefined): outcome is Refused => typeof outcome === 'object';
