/**
 * What became of a message that is done with, and may be acknowledged: `done`, its handler has succeeded; `repeated`, that was so before;
 * `stale`, newer news was sent before; `ignored`, it has no handler here; `dropped`, it failed and may be missed. Of the others, a
 * confirmed copy is on its way: `retried` and `postponed` in a retry queue, `dead` among the dead letters.
 */
export type DoneWith =
  'done' | 'repeated' | 'stale' | 'ignored' | 'dropped' | 'retried' | 'postponed' | 'dead';

/**
 * What became of one message: done with; `give back`, the broker delivers it again; `try again`, this process keeps it for another try;
 * refused, it goes the way of its error.
 */
export type Outcome = DoneWith | 'give back' | 'try again' | Refused;

export interface Refused {
  readonly refused: unknown;
}

/** What comes after a step. */
export type Next<Message> = (messages: readonly Message[]) => Promise<readonly Outcome[]>;

/**
 * One concern on the way of messages from their queue to their handler: it acts before what comes next, after it, or in its place.
 *
 * Contract: a step answers with one outcome for each message, in their order. Where it rejects, the messages may be handled again:
 * what they did was rolled back, or the same step knows it when they come again.
 */
export interface Step<In, Out = In> {
  handle(messages: readonly In[], next: Next<Out>): Promise<readonly Outcome[]>;
}

export const isDoneWith = (outcome: Outcome | undefined): outcome is DoneWith =>
  typeof outcome === 'string' && outcome !== 'give back' && outcome !== 'try again';

export const isRefused = (outcome: Outcome | undefined): outcome is Refused => typeof outcome === 'object';
