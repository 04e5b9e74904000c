/** How email listens to the orders, and of which type the durable queues are: beside an exclusive one they are quorum queues. */
export type Queues = 'quorum' | 'classic' | 'exclusive';

/** A node of the installed RabbitMQ; three of them; one in a container; a given one. */
export type BrokerKind = 'single' | 'cluster' | 'container' | 'given';

const QUEUES: readonly Queues[] = ['quorum', 'classic', 'exclusive'];
const BROKERS: readonly BrokerKind[] = ['single', 'cluster', 'container', 'given'];

/** What the specs of `libs/messaging/conformance` run on; the runner tells each of its runs another. */
export const SETTING: { readonly queues: Queues; readonly broker: BrokerKind } = {
  queues: oneOf(QUEUES, process.env.CONFORMANCE_QUEUES),
  broker: oneOf(BROKERS, process.env.CONFORMANCE_BROKER),
};

/** The first where none is chosen. */
function oneOf<Choice extends string>(
  choices: readonly Choice[],
  wanted: string | undefined = choices[0],
): Choice {
  const chosen = choices.find((choice) => choice === wanted);
  if (chosen === undefined) throw new Error(`${wanted} is none of ${choices.join(', ')}`);
  return chosen;
}
