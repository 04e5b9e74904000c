/** The name belongs to no queue that has dead letters. */
export class UnknownQueue extends Error {
  readonly code = 'UNKNOWN_QUEUE';

  constructor(queue: string, known: readonly string[]) {
    super(`There is no queue "${queue}" with dead letters, but ${known.join(', ')}`);
  }
}

/** Some of the ids that were asked for are no dead letters of the queue; with the others nothing was done either. */
export class UnknownDeadLetters extends Error {
  readonly code = 'UNKNOWN_DEAD_LETTERS';

  constructor(
    queue: string,
    readonly messageIds: readonly string[],
  ) {
    super(`Nothing was done, since these are not in ${queue}: ${messageIds.join(', ')}`);
  }
}
