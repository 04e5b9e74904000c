import { hasEngine } from '../../infra/docker';
import { ensureRabbitmq } from '../../infra/rabbitmq/rabbitmq-install';
import { UsageError } from '../operations/run-command';

export const BROKERS = ['single', 'cluster', 'container', 'given'] as const;
export const QUEUES = ['quorum', 'classic', 'exclusive'] as const;

/** A node of the installed RabbitMQ; three of them; one in a container; a given one. */
export type BrokerKind = (typeof BROKERS)[number];

/** How email listens to the orders, and of which type the durable queues are: beside an exclusive one they are quorum queues. */
export type Queues = (typeof QUEUES)[number];

/** What one run of the conformance suite is about. */
export interface Setting {
  readonly broker: BrokerKind;
  readonly queues: Queues;
}

/** What was asked for by name; all where nothing was. @throws UsageError */
export function chosen<Choice extends string>(
  choices: readonly Choice[],
  names: readonly string[] = choices,
): Choice[] {
  const unknown = names.find((name) => !choices.some((choice) => choice === name));
  if (unknown !== undefined) throw new UsageError(`"${unknown}" is none of ${choices.join(', ')}.`);
  return choices.filter((choice) => names.includes(choice));
}

/** Why there is no such broker here; undefined where there is one. */
export async function whyNot(broker: BrokerKind): Promise<string | undefined> {
  if (broker === 'container') return hasEngine() ? undefined : 'no container engine answers';
  if (broker === 'given')
    return process.env.CONFORMANCE_BROKER_URL === undefined ? 'CONFORMANCE_BROKER_URL is not set' : undefined;
  return ensureRabbitmq((line) => process.stderr.write(`${line}\n`)).then(
    () => undefined,
    () => 'RabbitMQ is not installed',
  );
}
