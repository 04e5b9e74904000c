import { answersExchangeName, BRANCHES, questionsExchangeName, TOPOLOGY } from '@app/contracts';
import { exactly, literally, OWN_QUEUES, Rights } from './broker-rights';

/** Users for programs that a developer runs beside the suite. A broker in production has neither. */
export const DEVELOPMENT_USERS = ['tail', 'visitor'] as const;

export type DevelopmentUser = (typeof DEVELOPMENT_USERS)[number];

const EVENTS = [
  ...TOPOLOGY.flatMap(({ publishes }) => publishes.map(({ name }) => name)),
  ...BRANCHES.map(({ to }) => to.name),
];
const WORK_QUEUES = TOPOLOGY.flatMap(({ works = [] }) => works);
const ANSWERED = TOPOLOGY.flatMap(({ answers = [] }) => answers);

/** How RabbitMQ calls the exchange without a name where it checks rights. */
const DEFAULT_EXCHANGE = 'amq.default';

/**
 * `tail` declares queues that the broker names, binds them to the exchanges of the events, and reads them.
 *
 * `visitor` may do the same, and also what a program of another team may: declare a work queue as it is and send tasks to it, and ask what
 * a service answers. It sends tasks through the default exchange, so it can send any message to any queue.
 */
export const DEVELOPMENT_RIGHTS: Readonly<Record<DevelopmentUser, Rights>> = {
  tail: {
    configure: exactly([OWN_QUEUES]),
    write: exactly([OWN_QUEUES]),
    read: exactly([...EVENTS.map(literally), OWN_QUEUES]),
  },
  visitor: {
    configure: exactly([...WORK_QUEUES.map(literally), OWN_QUEUES]),
    write: exactly([
      ...[DEFAULT_EXCHANGE, ...ANSWERED.map(questionsExchangeName)].map(literally),
      OWN_QUEUES,
    ]),
    read: exactly([...[...EVENTS, ...ANSWERED.map(answersExchangeName)].map(literally), OWN_QUEUES]),
  },
};
