import { UnparseableMessage } from './invalid-message';
import { PermanentError } from './permanent-error';
import { verdict } from './retry-ladder';

const LADDER = [1_000, 5_000, 30_000];

class Refused extends PermanentError {
  override readonly code = 'REFUSED';
}

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

  it('retries whatever else is thrown, even if it is no error', () => {
    expect(verdict('down', 1, LADDER).kind).toBe('retry');
    expect(verdict(undefined, 1, LADDER).kind).toBe('retry');
  });

  it('retries nothing without a ladder', () => {
    expect(verdict(new Error('down'), 1, []).kind).toBe('dead');
  });
});
