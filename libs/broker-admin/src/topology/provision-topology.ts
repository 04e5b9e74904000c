import { withBroker } from '@app/amqp';
import { Alert, OPS_ALERTS } from '@app/contracts';
import { applyTopology } from './apply-topology';
import { checkTopology, TopologyToCheck } from './check-topology';
import type { Difference } from './difference';
import { limitWorkQueues } from './limit-work-queues';
import { TOPOLOGY_DIFFERS } from './topology-watch';

/**
 * Makes everything durable on a broker, and tells what else was wrong with it: a queue that was unbound has missed what was published
 * meanwhile, and a policy of others may let messages expire. Each is an alert, and is said. Where the management API does not answer, that is said, and nothing fails.
 * @param say is told a line each
 * @throws TopologyDiffers, BrokerUnreachable, BrokerConnectionLost
 */
export async function provisionTopology(
  wanted: TopologyToCheck,
  say: (line: string) => void = () => undefined,
): Promise<void> {
  const found = await differencesIn(wanted, say);
  await applyTopology(wanted.url, wanted.kinds, wanted.settings);
  const repaired = found.filter(({ kind }) => kind === 'unbound');
  const left = found.filter(({ kind }) => kind === 'bound too much');
  const texts = [
    ...repaired.map(({ text }) => `${text}: it is bound again, and has missed what was published meanwhile`),
    ...[...left, ...(await policiesLeft(wanted, found, say))].map(({ text }) => text),
  ];
  for (const text of texts) {
    say(text);
    await alert(wanted, text);
  }
}

/** Gives the work queues their limits where they may lack them, and tells which policies of others are left. */
async function policiesLeft(
  wanted: TopologyToCheck,
  found: readonly Difference[],
  say: (line: string) => void,
): Promise<Difference[]> {
  if (!found.some(({ kind }) => kind === 'policy' || kind === 'missing')) return [];
  try {
    await limitWorkQueues(wanted);
    return (await checkTopology(wanted)).filter(({ kind }) => kind === 'policy');
  } catch (error) {
    say(`The work queues have no limits yet. ${error instanceof Error ? error.message : ''}`);
    return [];
  }
}

async function differencesIn(wanted: TopologyToCheck, say: (line: string) => void) {
  try {
    return await checkTopology(wanted);
  } catch (error) {
    say(`The bindings and policies are not checked. ${error instanceof Error ? error.message : ''}`);
    return [];
  }
}

/** Best effort, as every alert. */
async function alert({ url }: TopologyToCheck, text: string): Promise<void> {
  const told: Alert = {
    severity: 'error',
    service: 'topology',
    code: TOPOLOGY_DIFFERS,
    text,
    at: new Date().toISOString(),
  };
  await withBroker(url, (channel) => {
    const options = { type: told.code, appId: told.service, contentType: 'application/json' };
    channel.publish(OPS_ALERTS.name, told.severity, Buffer.from(JSON.stringify(told)), options);
    return channel.waitForConfirms();
  }).catch(() => undefined);
}
