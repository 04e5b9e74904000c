import type { Notification } from '../../support/shop/notifications';
import { type Claim, grouped } from './claim';
import { NOTIFIERS } from './notifiers';
import { causesOf, type RepeatCause } from './repeat-causes';

/** A mail or a text that went out again. */
interface Repeat {
  readonly eventId: string;
  /** When the send came whose answer, or whose commit, was lost. */
  readonly at: number;
}

/** The causes are those that docs/guarantees.md states. */
export const repeatedSends: Claim = {
  says: 'A mail or text is repeated only where its process died or was cut off before its commit, or where the answer never came; and few are',
  violations: ({ history, ledgers }) =>
    NOTIFIERS.flatMap((notifier) => {
      const causes = causesOf(notifier, history);
      return repeatsOf(ledgers.notices[notifier.service].sent)
        .filter((repeat) => !isExplained(repeat, causes))
        .map(
          ({ eventId, at }) =>
            `${notifier.service}: ${eventId} was sent again after ${new Date(at).toISOString()}`,
        );
    }),
};

/** In the order of their first sends. */
const repeatsOf = (sent: readonly Notification[]): Repeat[] =>
  [...grouped(sent, ({ eventId }) => eventId)]
    .flatMap(([eventId, times]) => times.slice(0, -1).map(({ at = NaN }) => ({ eventId, at })))
    .sort((one, other) => one.at - other.at);

/** Each repeat uses up some of the cause that ends first, as the later ones may explain later repeats. */
function isExplained({ eventId, at }: Repeat, causes: readonly RepeatCause[]): boolean {
  const times = ({ explained }: RepeatCause): number => explained.filter((id) => id === eventId).length;
  const [cause] = causes
    .filter(({ begunAt, endedAt }) => begunAt <= at && at <= endedAt)
    .filter((one) => one.budget > 0 && times(one) < one.ofEach)
    .sort((one, other) => one.endedAt - other.endedAt);
  if (cause === undefined) return false;
  cause.budget -= 1;
  cause.explained.push(eventId);
  return true;
}
