import { Backoff } from '@app/amqp';
import { Test } from '@nestjs/testing';
import { eventually } from '../../../../infra/eventually';
import { PermanentError } from '../failures/permanent-error';
import { ProviderAway } from './provider-away';
import { ProviderOutage } from './provider-outage';
import { ProviderProbe } from './provider-probe';
import { ProviderStatus } from './provider-status';
import { AmbiguousSend, NotSent, ProviderRefuses, ProviderUnavailable } from './send-errors';

/** Sends that end when the test says so. */
function heldSends() {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  return { held, release };
}

class Refused extends PermanentError {
  override readonly code = 'REFUSED';
}

const PAUSES_MS = [1, 2, 4];

describe(ProviderOutage.name, () => {
  let sut: ProviderOutage;
  let consuming: Record<string, boolean>;
  let probes: number;
  let isAway: boolean;
  let told: string[];
  let pauses: jest.SpyInstance<number, []>;

  beforeEach(async () => {
    probes = 0;
    isAway = true;
    told = [];
    consuming = { events: true, tasks: true };
    pauses = jest.spyOn(Backoff.prototype, 'next');
    PAUSES_MS.forEach((ms) => pauses.mockReturnValueOnce(ms));
    pauses.mockReturnValue(4);
    const status = { away: (reason: string) => told.push(reason), back: () => told.push('back') };
    const probe = {
      succeeds: () => {
        probes += 1;
        return Promise.resolve(!isAway);
      },
    };
    const module = await Test.createTestingModule({
      providers: [
        ProviderOutage,
        { provide: ProviderProbe, useValue: probe },
        { provide: ProviderStatus, useValue: status },
      ],
    }).compile();
    sut = module.get(ProviderOutage);
    for (const name of ['events', 'tasks']) sut.pauses(consumer(name));
  });
  afterEach(() => {
    sut.beforeApplicationShutdown();
    jest.restoreAllMocks();
  });

  const consumer = (name: string) => ({
    pause: () => {
      consuming[name] = false;
      return Promise.resolve();
    },
    resume: () => {
      consuming[name] = true;
    },
  });
  const send = (outcome: () => Promise<string> = () => Promise.resolve('sent')): Promise<string> =>
    sut.letThrough(async () => {
      const result = await outcome();
      sut.end();
      return result;
    });
  /** As the step does: the message meets the error, and is refused with what comes back. */
  const fail = (id: string, error: Error): Promise<unknown> =>
    sut
      .letThrough(async () => {
        await Promise.resolve();
        throw await sut.failureOf(id, error);
      })
      .catch((refused: unknown) => refused);
  const failAll = async (error: Error, ...ids: string[]): Promise<unknown[]> => {
    const refused: unknown[] = [];
    for (const id of ids) refused.push(await fail(id, error));
    return refused;
  };
  const isPaused = () => expect(consuming).toEqual({ events: false, tasks: false });
  const isConsuming = () => expect(consuming).toEqual({ events: true, tasks: true });
  const fromTheOutage = expect.any(ProviderAway);

  const FIVE = ['a', 'b', 'c', 'd', 'e'];
  const notSent = new NotSent('451');
  const unavailable = new ProviderUnavailable('ECONNREFUSED');
  const refuses = new ProviderRefuses('421');
  const ambiguous = new AmbiguousSend('no answer');

  describe('begins', () => {
    it('with the first failure that can be about no message: all consumers pause, and the message is not at fault', async () => {
      await expect(fail('a', unavailable)).resolves.toEqual(fromTheOutage);
      isPaused();
      expect(told).toEqual(['ECONNREFUSED']);
    });

    it('with the answer that it takes nothing, where a probe says so too; it is probed once for all who hear that', async () => {
      const refused = await Promise.all(FIVE.map((id) => fail(id, refuses)));
      expect(refused).toEqual(Array(5).fill(fromTheOutage));
      isPaused();
      expect(told).toEqual(['421']);
      expect(probes).toBe(1);
    });

    it('not with that answer where a probe succeeds: it is about the message, however often', async () => {
      isAway = false;
      await expect(failAll(refuses, ...Array<string>(40).fill('a'))).resolves.toEqual(
        Array(40).fill(refuses),
      );
      isConsuming();
      expect(told).toEqual([]);
    });

    it('with the tenth failure in a row of five messages; the nine before count', async () => {
      const refused = await failAll(notSent, ...FIVE, ...FIVE);
      expect(refused).toEqual([...Array<NotSent>(9).fill(notSent), fromTheOutage]);
      isPaused();
    });

    it('with the tenth answer that never came; each may be about its message', async () => {
      const refused = await failAll(ambiguous, ...FIVE, ...FIVE);
      expect(refused).toEqual(Array(10).fill(ambiguous));
      isPaused();
    });

    it('not with the failures of four messages, however many', async () => {
      await failAll(notSent, ...Array.from({ length: 40 }, (_, index) => String(index % 4)));
      isConsuming();
    });

    it('not where a message was sent between', async () => {
      await failAll(notSent, ...FIVE, 'a', 'b', 'c', 'd');
      await send();
      await failAll(notSent, ...FIVE, 'a', 'b', 'c', 'd');
      isConsuming();
      expect(told).toEqual([]);
    });

    it('not with messages that are refused for good, nor with errors of ours', async () => {
      const refusal = new Refused('550');
      await expect(failAll(refusal, ...FIVE, ...FIVE, ...FIVE)).resolves.toEqual(Array(15).fill(refusal));
      await failAll(new TypeError('a bug'), ...FIVE, ...FIVE);
      isConsuming();
    });
  });

  describe('while it lasts', () => {
    beforeEach(() => fail('a', unavailable));

    it('no message gets through, and none is at fault', async () => {
      const sending = jest.fn(() => Promise.resolve('sent'));
      await expect(send(sending)).rejects.toEqual(fromTheOutage);
      expect(sending).not.toHaveBeenCalled();
    });

    it('it is told once, whatever else fails', async () => {
      await expect(sut.failureOf('b', unavailable)).resolves.toEqual(fromTheOutage);
      await expect(sut.failureOf('b', notSent)).resolves.toEqual(fromTheOutage);
      await expect(sut.failureOf('c', ambiguous)).resolves.toBe(ambiguous);
      expect(told).toEqual(['ECONNREFUSED']);
    });

    it('the provider is probed, after one pause and the next', async () => {
      await eventually(() => expect(probes).toBeGreaterThan(3));
      isPaused();
      expect(pauses.mock.calls.length).toBeGreaterThanOrEqual(probes);
    });

    it('a message that was under way and is sent does not end it', async () => {
      sut.end();
      await expect(send()).rejects.toEqual(fromTheOutage);
      isPaused();
    });

    it('a service that stops probes no more', async () => {
      sut.beforeApplicationShutdown();
      const before = probes;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(probes - before).toBeLessThanOrEqual(1);
      isPaused();
    });
  });

  describe('after a probe that succeeds', () => {
    beforeEach(async () => {
      await fail('a', unavailable);
      isAway = false;
      await eventually(() => expect(told).toContain('back'));
      isConsuming();
    });

    it('one message is tried, and the others wait until it was sent', async () => {
      const { held, release } = heldSends();
      const began: string[] = [];
      const one = (id: string) =>
        send(async () => {
          began.push(id);
          await held;
          return id;
        });
      const all = Promise.all(['a', 'b', 'c'].map(one));
      await new Promise((resolve) => setImmediate(resolve));
      expect(began).toEqual(['a']);
      release();
      await expect(all).resolves.toEqual(['a', 'b', 'c']);
    });

    it('they go side by side once one was sent', async () => {
      await send();
      const { held, release } = heldSends();
      let began = 0;
      const all = ['a', 'b', 'c'].map(() =>
        send(async () => {
          began += 1;
          await held;
          return 'sent';
        }),
      );
      await eventually(() => expect(began).toBe(3));
      release();
      await Promise.all(all);
    });

    it('a message that is refused for good is no test: the next is tried', async () => {
      const refusal = new Refused('550');
      await expect(fail('a', refusal)).resolves.toBe(refusal);
      isConsuming();
      await expect(send()).resolves.toBe('sent');
    });

    it('it begins again with the first failure, at no cost; what waited does not get through', async () => {
      isAway = true;
      const [first, second] = await Promise.all([fail('b', notSent), fail('c', notSent)]);
      expect([first, second]).toEqual([fromTheOutage, fromTheOutage]);
      isPaused();
      expect(told).toEqual(['ECONNREFUSED', 'back', '451']);
    });

    it('it begins again with an answer that never came, which costs that message an attempt', async () => {
      isAway = true;
      await expect(fail('b', ambiguous)).resolves.toBe(ambiguous);
      isPaused();
    });
  });
});
