import { alertLine, severitiesOf } from './alert-lines';
import { UsageError } from './run-command';

describe(severitiesOf.name, () => {
  it.each([
    [[], ['info', 'warning', 'error']],
    [
      ['warning', 'error'],
      ['warning', 'error'],
    ],
    [['error', 'error'], ['error']],
  ])('takes %j for %j', (words, expected) => {
    expect(severitiesOf(words)).toEqual(expected);
  });

  it('names an unknown one, and those that there are', () => {
    expect(() => severitiesOf(['error', 'fatal'])).toThrow(UsageError);
    expect(() => severitiesOf(['fatal'])).toThrow('There is no severity "fatal", but info, warning, error.');
  });
});

describe(alertLine.name, () => {
  it('is one line, whatever the text', () => {
    const alert = {
      severity: 'error',
      service: 'sms',
      code: 'LAG',
      text: 'a\nb',
      at: '2026-03-01T12:00:00Z',
    } as const;
    expect(alertLine(alert)).toBe('2026-03-01T12:00:00Z  error    sms  LAG  a b');
  });
});
