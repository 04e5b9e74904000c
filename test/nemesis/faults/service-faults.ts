import type { RunningService } from '../../support/shop/deployment';
import type { Strike } from './fault-kind';

/** The end of the name of a part that is one process more of a service. */
export const REPLICA = ' (replica)';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** From a leap second to a machine that starts with an empty battery. */
const JUMPS_MS = [-2 * DAY_MS, -HOUR_MS, -30 * SECOND_MS, 30 * SECOND_MS, HOUR_MS, 2 * DAY_MS];

/** Its next start waits for nothing: the database may be away just then, too. */
const endedBy =
  (how: (service: RunningService) => Promise<unknown>): Strike =>
  async ({ shop }, { part }) => {
    const service = shop.suite.services.get(part);
    await how(service);
    return () => service.launch();
  };

export const kill = endedBy((service) => service.kill());

/** SIGTERM. */
export const stop = endedBy((service) => service.stop());

export const pause: Strike = async ({ shop }, { part }) => {
  const service = shop.suite.services.get(part);
  await service.pause();
  return () => service.resume();
};

/** Connections break, and no new ones can be made: those of all processes of the service, as if they were in one room. */
export const cut: Strike = ({ network }, { part }) => {
  network.of(part).cut();
  return Promise.resolve(restoring(network.of(part)));
};

/** No byte goes through, and neither side gets an error. */
export const silence: Strike = ({ network }, { part }) => {
  network.of(part).freeze();
  return Promise.resolve(restoring(network.of(part)));
};

const restoring = (proxies: { restore(): void }) => () => {
  proxies.restore();
  return Promise.resolve();
};

/** Somebody sets the clock of the service's machine, and then right again. */
export const jumpClock: Strike = ({ clocks }, { part, choice }) => {
  clocks.set(part, JUMPS_MS[Math.floor(choice * JUMPS_MS.length)] ?? HOUR_MS);
  return Promise.resolve(() => {
    clocks.set(part, 0);
    return Promise.resolve();
  });
};

/**
 * One process more, which customers come to as well where it is one of order-api. Not waited for until it is ready: what it needs may be away
 * just then.
 */
export const addReplica =
  (end: 'stop' | 'kill'): Strike =>
  async ({ services, doors }, { part }) => {
    const service = part.replace(REPLICA, '');
    const replica = await services.createReplica(service);
    await replica.launch();
    if (service === 'order-api') doors.add(replica.url);
    return async () => {
      doors.delete(replica.url);
      await replica[end]();
      services.forgetReplica(replica.name);
    };
  };
