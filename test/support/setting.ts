import { BROKERS, QUEUES, type Setting } from '../../tools/conformance/settings';

/** What the specs of `libs/messaging/conformance` run on; the runner tells each of its runs another. */
export const SETTING: Setting = {
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
