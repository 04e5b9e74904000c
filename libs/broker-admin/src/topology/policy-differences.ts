import { QueueSettings } from '@app/contracts';
import type { Difference } from './difference';
import { differing } from './differing-properties';
import { isListed, Listed } from './management-api';
import { workQueueLimits } from './policies';

/** What decides which messages a queue takes, and how long it keeps them. The rest is up to the broker's operator. */
const KEEPING: ReadonlySet<string> = new Set([
  'message-ttl',
  'expires',
  'max-length',
  'max-length-bytes',
  'overflow',
  'dead-letter-exchange',
  'dead-letter-routing-key',
  'dead-letter-strategy',
  'delivery-limit',
]);

/** Whose policies are looked at. */
interface Listing {
  readonly queues: readonly Listed[];
  readonly policies: readonly Listed[];
}

/** In what a policy makes queues of ours keep other messages than they should. Work queues have their limit by a policy; no other queue has one. */
export function policyDifferences(
  names: readonly string[],
  { queues, policies }: Listing,
  settings: QueueSettings,
): Difference[] {
  const limits = new Map(workQueueLimits(settings).map(({ name, definition }) => [name, definition]));
  const ours = queues.filter(({ name }) => names.includes(String(name)));
  return ours.flatMap((queue) => {
    const wanted = limits.get(String(queue.name)) ?? {};
    return decisive(policies, queue).flatMap((policy) =>
      differing(keepingOf(policy), wanted).map((text): Difference => ({
        kind: 'policy',
        text: `Queue ${String(queue.name)} ${by(policy)} ${text}`,
      })),
    );
  });
}

/** Those with the highest priority of all that fit the queue; of several, RabbitMQ takes any. Undefined stands for none. */
function decisive(policies: readonly Listed[], queue: Listed): readonly (Listed | undefined)[] {
  const fitting = policies.filter((policy) => fits(policy, queue));
  const highest = Math.max(...fitting.map(({ priority }) => Number(priority)));
  return fitting.length === 0 ? [undefined] : fitting.filter(({ priority }) => Number(priority) === highest);
}

function fits({ pattern, 'apply-to': applyTo }: Listed, { name, type }: Listed): boolean {
  if (!['all', 'queues', `${String(type)}_queues`].includes(String(applyTo))) return false;
  try {
    return new RegExp(String(pattern)).test(String(name));
  } catch {
    return false; // RabbitMQ's regular expressions can do more than ours.
  }
}

function keepingOf(policy: Listed | undefined): Listed {
  const definition = isListed(policy?.definition) ? policy.definition : {};
  return Object.fromEntries(Object.entries(definition).filter(([key]) => KEEPING.has(key)));
}

const by = (policy: Listed | undefined): string =>
  policy === undefined ? 'without a policy' : `by the policy "${String(policy.name)}"`;
