import { PoolBusy } from '@app/persistence';
import { Logger } from '@nestjs/common';
import { deliveryOf } from '../../../../../test/support/deliveries';
import { DatabaseOutage } from '../../outage/database-outage';
import { Outcome } from '../../pipeline/step';
import { PauseWithoutDatabase } from './pause-without-database';

/** The pool lets each of them wait for 3 s: that makes the 30 s. */
const TRIES = 10;

describe(PauseWithoutDatabase.name, () => {
  const channel = { isOpen: true, acknowledge: () => undefined, giveBack: () => undefined };
  const database = { isAvailable: () => Promise.resolve(true), whenAvailable: () => Promise.resolve() };
  const pause = jest.fn(() => Promise.resolve());
  let tries: number;

  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  beforeEach(() => {
    tries = 0;
    pause.mockClear();
  });

  /** Handles a message that finds all connections in use so many times. */
  const handle = (busyTimes: number): Promise<readonly Outcome[]> => {
    const outage = new DatabaseOutage({ queue: 'queue', pause, resume: () => undefined }, database);
    return new PauseWithoutDatabase(outage).handle([deliveryOf('a', channel)], () => {
      tries += 1;
      return tries <= busyTimes ? Promise.reject(new PoolBusy()) : Promise.resolve(['done']);
    });
  };

  it('gives the message back, and pauses, when no connection came free at its tenth try', async () => {
    await expect(handle(Infinity)).resolves.toEqual(['give back']);
    expect(tries).toBe(TRIES);
    expect(pause).toHaveBeenCalledTimes(1);
  });

  it('does not pause where one came free at the tenth', async () => {
    await expect(handle(TRIES - 1)).resolves.toEqual(['done']);
    expect(tries).toBe(TRIES);
    expect(pause).not.toHaveBeenCalled();
  });
});
