import { SendInProgress } from '../idempotency/send-in-progress';
import { ProviderAway } from '../provider/provider-away';
import { UnparseableMessage } from './invalid-message';
import { NeedsMessageId } from './needs-message-id';
import { PermanentError } from './permanent-error';
import { attemptsAfter, verdict } from './retry-ladder';
import { TransientError } from './transient-error';

const LADDER = [1_000, 5_000, 30_000];

class Refused extends PermanentError {
  override readonly code = 'REFUSED';
}

describe(attemptsAfter.name, () => {
  it.each([new SendInProgress('message-1'), new ProviderAway('refused'), new NeedsMessageId()])(
    'counts no attempt of a message that has to wait: $code',
    (error) => {
      expect(attemptsAfter(error, 3)).toBe(3);
    },
  );

  it('counts one for any other error', () => {
    expect(attemptsAfter(new Error('down'), 3)).toBe(4);
  });
});

describe(verdict.name, () => {
  it.each([
    [1, 1_000],
    [2, 5_000],
    [3, 30_000],
  ])('lets a message that failed %i times wait for %i ms', (failedAttempts, delayMs) => {
    expect(verdict(new Error('down'), failedAttempts, LADDER)).toEqual({ kind: 'retry', delayMs });
  });

  it.each([4, 5, 1_000_000])('ends the ladder after its last step: %i failures', (failedAttempts) => {
    expect(verdict(new Error('down'), failedAttempts, LADDER)).toEqual({
      kind: 'dead',
      reason: 'RETRIES_EXHAUSTED',
    });
  });

  it.each([
    [new PermanentError('no'), 'PERMANENT_ERROR'],
    [new Refused('no'), 'REFUSED'],
    [new UnparseableMessage('no'), 'UNPARSEABLE_MESSAGE'],
  ])('never retries %s', (error, reason) => {
    expect(verdict(error, 1, LADDER)).toEqual({ kind: 'dead', reason });
  });

  it.each([
    [0, 1, 1_000],
    [1, 1, 1_000],
    [2, 1, 5_000],
    [20, 2, 30_000],
    [600, 1, 30_000],
    [undefined, 2, 5_000],
  ])('asked to wait for %s s after %i failures, waits for %i ms', (retryAfterSeconds, failures, delayMs) => {
    const error = Object.assign(new TransientError('too many'), { retryAfterSeconds });
    expect(verdict(error, failures, LADDER)).toEqual({ kind: 'retry', delayMs });
  });

  it('ends after its last step, however long it is asked to wait', () => {
    const error = Object.assign(new TransientError('too many'), { retryAfterSeconds: 1 });
    expect(verdict(error, 4, LADDER).kind).toBe('dead');
  });

  it('retries whatever else is thrown, even if it is no error', () => {
    expect(verdict('down', 1, LADDER).kind).toBe('retry');
    expect(verdict(undefined, 1, LADDER).kind).toBe('retry');
  });

  it('retries nothing without a ladder', () => {
    expect(verdict(new Error('down'), 1, []).kind).toBe('dead');
  });
});
