import type { Medians } from './results';

interface Target {
  readonly figure: string;
  readonly target: string;
  /**
   * NaN where the parts that it needs were not run.
   * @param before the name of the other commit that takes part
   */
  readonly value: (medians: Medians, before: string) => number;
}

const [WAY, CPU, INTAKE, BURST] = [
  'The whole way',
  'CPU milliseconds per order',
  'Intake alone',
  'Burst of 5 clients',
];
const LATENCY = 'Latency at 100 orders a second, in milliseconds';

const of =
  (part: string, who: string, figure: string) =>
  (medians: Medians): number =>
    medians[part]?.[who]?.[figure] ?? NaN;

const ratio =
  (part: string, figure: string, one: string, other: string) =>
  (medians: Medians): number =>
    of(part, one, figure)(medians) / of(part, other, figure)(medians);

/** The sum without those who play the providers. */
const ownCpu =
  (who: string) =>
  (medians: Medians): number =>
    of(CPU, who, 'sum')(medians) - (medians[CPU]?.[who]?.sinks ?? 0);

/** What is to be reached, beside its limit in the same run. */
export const TARGETS: readonly Target[] = [
  {
    figure: 'accepted/s, real sends: of the limit',
    target: '≥ 0.2',
    value: ratio(WAY, 'accepted/s', 'ours, real sends', 'bare, answered inside'),
  },
  {
    figure: 'settled/s, real sends: of the commit before',
    target: '≥ 3',
    value: (medians, before) => ratio(WAY, 'settled/s', 'ours, real sends', `${before}, real sends`)(medians),
  },
  {
    figure: 'decided/s, answered inside: of the limit',
    target: '≥ 0.4',
    value: ratio(WAY, 'decided/s', 'ours, answered inside', 'bare, answered inside'),
  },
  {
    figure: 'decided/s, answered inside: of the usual way',
    target: '≥ 5',
    value: ratio(WAY, 'decided/s', 'ours, answered inside', 'textbook, answered inside'),
  },
  {
    figure: 'decided/s, providers that count: of the usual way',
    target: '≥ 5',
    value: ratio(WAY, 'decided/s', 'ours, providers that count', 'textbook, providers that count'),
  },
  {
    figure: 'intake: of bare BEGIN … COMMIT',
    target: '≥ 0.9',
    value: ratio(INTAKE, 'accepted/s', 'ours', 'bare, transaction'),
  },
  {
    figure: 'intake: of one bare statement',
    target: 'stretch: ≥ 0.9',
    value: ratio(INTAKE, 'accepted/s', 'ours', 'bare, statement'),
  },
  { figure: 'CPU ms per order, real sends', target: '≤ 9', value: of(CPU, 'ours, real sends', 'sum') },
  {
    figure: 'CPU ms per order, providers that count, without theirs',
    target: '',
    value: ownCpu('ours, providers that count'),
  },
  { figure: 'CPU ms per order, answered inside', target: '≤ 2.2', value: ownCpu('ours, answered inside') },
  {
    figure: 'burst: all decided, times as long as the limit',
    target: '≤ 2.5',
    value: ratio(BURST, 'all decided after s', 'ours', 'bare'),
  },
  { figure: 'burst: answered 201, %', target: '100', value: of(BURST, 'ours', 'answered 201, %') },
  { figure: 'burst: lost', target: '0', value: of(BURST, 'ours', 'lost') },
  { figure: 'decision p50 at 100 orders/s, ms', target: '≤ 50', value: of(LATENCY, 'ours', 'decided p50') },
  { figure: 'decision p99 at 100 orders/s, ms', target: '≤ 250', value: of(LATENCY, 'ours', 'decided p99') },
];
