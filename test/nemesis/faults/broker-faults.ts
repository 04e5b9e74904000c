import { eventually } from '../../../infra/eventually';
import { holdFamily } from '../../../infra/processes/family';
import { SERVICES } from '../../support/shop/shop';
import type { Stage } from '../stage/stage';
import type { Strike } from './fault-kind';

/** The limits of free disk space: one that no disk has, and one that every disk has. */
const MORE_THAN_THERE_IS = '1000000GB';
const USUAL = '50MB';

/** A node that was just started may not hear a command yet, or may miss an alarm. */
const PATIENCE = { within: 60_000 };

export const killBroker: Strike = async ({ cluster }) => {
  await cluster.kill();
  return () => cluster.start();
};

export const killNode: Strike = async (stage, { choice }) => {
  await nodeOf(stage, choice).kill();
  return () => stage.cluster.start();
};

export const pauseNode: Strike = (stage, { choice }) =>
  Promise.resolve(holdFamily(nodeOf(stage, choice).pid));

/**
 * The node and the others no longer take each other for theirs, and hang up; clients reach all of them. As the cluster of the compose file, a
 * node that sees no majority stops, and starts again when it does.
 * @see https://www.rabbitmq.com/docs/partitions
 */
export const cutNodeOff: Strike = async (stage, { choice }) => {
  const node = nodeOf(stage, choice);
  const others = stage.cluster.nodes.filter((other) => other !== node).map(({ name }) => `'${name}'`);
  const each = `N <- [${others.join(', ')}]`;
  await node.control('eval', `[begin erlang:set_cookie(N, cut), erlang:disconnect_node(N) end || ${each}].`);
  return async () => {
    await node.control(
      'eval',
      `[begin erlang:set_cookie(N, erlang:get_cookie()), net_adm:ping(N) end || ${each}].`,
    );
    await stage.cluster.whole();
  };
};

export const closeConnections: Strike = async ({ shop }) => {
  // A service that is away just then has none.
  await shop.broker.closeConnections(SERVICES).catch(() => undefined);
  return () => Promise.resolve();
};

/** A node that is short of disk space blocks the publishers of all. */
export const fillBrokerDisk: Strike = async (stage, { choice }) => {
  const node = nodeOf(stage, choice);
  await eventually(async () => {
    await node.control('set_disk_free_limit', MORE_THAN_THERE_IS);
    return stage.shop.broker.isAlarmed();
  }, PATIENCE);
  return () => eventually(() => node.control('set_disk_free_limit', USUAL), PATIENCE);
};

const nodeOf = ({ cluster: { nodes } }: Stage, choice: number) =>
  nodes[Math.floor(choice * nodes.length)] ?? nodes[0];
