import { isTemporary } from '@app/persistence';
import { Next, Outcome } from './step';

/**
 * The outcomes of what comes next. An error that no step has answered for is the failure of each message.
 * @throws DatabaseUnavailable, StatementTimedOut, Deadlocked: that the database is away is no message's failure
 */
export async function refusedOnError<Message>(
  messages: readonly Message[],
  next: Next<Message>,
): Promise<readonly Outcome[]> {
  try {
    return await next(messages);
  } catch (error) {
    if (isTemporary(error)) throw error;
    return messages.map(() => ({ refused: error }));
  }
}
