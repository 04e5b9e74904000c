import type { Notification } from '../../support/shop/notifications';
import type { Notices } from '../ledgers';
import { type Claim, type Evidence, grouped } from './claim';
import { type Notifier, NOTIFIERS } from './notifiers';

/** Two replicas that begin two events of an order in the same instant do not see each other. On a busy machine, an instant is long. */
const INSTANT_MS = 5_000;

/** A mail or a text, and the version of its order that it tells of. */
interface News {
  readonly orderId: string;
  readonly version: number;
  readonly at: number;
}

export const newsInOrder: Claim = {
  says: 'No older news of an order is sent after newer news of it, unless the sender or the provider hung meanwhile',
  violations: (evidence) =>
    NOTIFIERS.flatMap((notifier) =>
      [...grouped(newsOf(evidence.ledgers.notices[notifier.service]), ({ orderId }) => orderId).values()]
        .flatMap((news) => overtaken(news))
        .filter(([newer, older]) => !somethingHung(evidence, notifier, newer.at, older.at))
        .map(
          ([newer, older]) =>
            `${notifier.service}: ${older.orderId} ${older.version} was sent ${secondsBetween(newer, older)} s after ${newer.version}`,
        ),
    ),
};

function newsOf({ deliveries, sent }: Notices): News[] {
  const known = new Map(deliveries.map((delivery) => [delivery.messageId, delivery]));
  return sent.flatMap(({ eventId, at = NaN }: Notification): News[] => {
    const delivery = known.get(eventId);
    return delivery === undefined ? [] : [{ orderId: delivery.orderId, version: delivery.version, at }];
  });
}

/** Each news with one that is newer and was sent an instant before it. */
const overtaken = (news: readonly News[]): [News, News][] =>
  news.flatMap((older) => {
    const newer = news.find(({ version, at }) => version > older.version && at + INSTANT_MS < older.at);
    return newer === undefined ? [] : [[newer, older] satisfies [News, News]];
  });

/** A service that had begun to send the older news before may have gone on only after the newer was sent. */
const somethingHung = (
  { history }: Evidence,
  { service, provider }: Notifier,
  from: number,
  to: number,
): boolean =>
  history.faults.some(
    ({ part, begunAt, endedAt }) =>
      (part === service || part === provider) && begunAt <= to && endedAt >= from - INSTANT_MS,
  );

const secondsBetween = (one: News, other: News): number => Math.round((other.at - one.at) / 1_000);
