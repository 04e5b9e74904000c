import { reportTable } from './report-table';
import type { Report, Result } from './run-setting';

const report = (queues: 'quorum' | 'classic', ...tests: Result[]): Report => ({
  setting: { broker: 'single', queues },
  version: '3.10.8',
  tests,
  passed: true,
  seconds: 7,
});

const test = (guarantee: string, status: string, title = 'shows it'): Result => ({
  guarantee,
  status,
  title,
});

describe(reportTable.name, () => {
  it('says of each guarantee whether it holds, and what holds instead', () => {
    const quorum = ['Full refuses', 'Kept', 'Restarted'].map((guarantee) => test(guarantee, 'passed'));
    const classic = [
      test('Full refuses', 'passed', 'does not hold: there is no limit'),
      test('Kept', 'passed'),
      test('Kept', 'passed', 'does not hold: not for ever'),
      test('Restarted', 'pending'),
    ];
    expect(reportTable([report('quorum', ...quorum), report('classic', ...classic)])).toBe(
      [
        'single, RabbitMQ 3.10.8   quorum   classic',
        'Full refuses              holds    no (1)',
        'Kept                      holds    holds, but (2)',
        'Restarted                 holds    not tried',
        '                          7 s      7 s',
        '',
        '(1) there is no limit',
        '(2) not for ever',
      ].join('\n'),
    );
  });

  it('does not hide a failure behind what passed', () => {
    expect(reportTable([report('quorum', test('Kept', 'passed'), test('Kept', 'failed'))])).toMatch(
      /Kept +FAILED/,
    );
  });
});
