import type { DeadLetter } from '@app/broker-admin';
import { DeadLetterPrinter } from './dead-letter-printer';

const letter = (messageId: string): DeadLetter => ({
  messageId,
  type: 'order.created',
  reason: 'RETRIES_EXHAUSTED',
  error: 'Error: too bad',
  failedAt: '2026-03-01T12:00:00.000Z',
  attempts: 5,
  body: '{}',
});

describe(DeadLetterPrinter.name, () => {
  const printed = (json: boolean, ...batches: DeadLetter[][]): string => {
    let text = '';
    const sut = new DeadLetterPrinter({ json, write: (piece) => (text += piece) });
    for (const batch of batches) sut.print(batch);
    sut.end();
    return text;
  };

  it.each([
    { batches: [] },
    { batches: [[letter('1')]] },
    { batches: [[letter('1'), letter('2')], [letter('3')]] },
  ])('makes one JSON list of all: $batches.length batches', ({ batches }) => {
    expect(JSON.parse(printed(true, ...batches))).toEqual(batches.flat());
  });

  it('shows people one below the other', () => {
    expect(printed(false, [letter('1')], [letter('2')])).toMatch(
      /^message id +1\n.*\n\nmessage id +2\n.*\n$/s,
    );
    expect(printed(false)).toBe('No dead letters.\n');
  });
});
