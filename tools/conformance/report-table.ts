import { table } from '../operations/table';
import type { Report, Result } from './run-setting';

/** Opens the name of a test that shows what happens instead of the guarantee. */
const DOES_NOT_HOLD = 'does not hold: ';

/** A table of guarantee × kind of queues for each broker, and below what holds instead where a guarantee does not. */
export function reportTable(reports: readonly Report[]): string {
  const notes = new Notes();
  const brokers = [...new Set(reports.map(({ setting }) => setting.broker))];
  const tables = brokers.map((broker) =>
    brokerTable(
      reports.filter(({ setting }) => setting.broker === broker),
      notes,
    ),
  );
  return [...tables, notes.text()].filter((part) => part !== '').join('\n\n');
}

function brokerTable(reports: readonly Report[], notes: Notes): string {
  const guarantees = [
    ...new Set(reports.flatMap(({ tests }) => tests.map(({ guarantee }) => guarantee))),
  ].sort();
  const [first] = reports;
  return table([
    [`${first?.setting.broker}, RabbitMQ ${first?.version}`, ...reports.map(({ setting }) => setting.queues)],
    ...guarantees.map((guarantee) => [guarantee, ...reports.map((report) => cell(guarantee, report, notes))]),
    ['', ...reports.map(({ seconds }) => `${seconds} s`)],
  ]);
}

function cell(guarantee: string, { tests }: Report, notes: Notes): string {
  const own = tests.filter((test) => test.guarantee === guarantee);
  if (own.some(({ status }) => status === 'failed')) return 'FAILED';
  const passed = own.filter(({ status }) => status === 'passed');
  if (passed.length === 0) return 'not tried';
  const [exception] = passed.filter(isException);
  if (exception === undefined) return 'holds';
  return `${passed.every(isException) ? 'no' : 'holds, but'} (${notes.numberOf(exception.title)})`;
}

const isException = ({ title }: Result): boolean => title.startsWith(DOES_NOT_HOLD);

/** The same words get the same number. */
class Notes {
  private readonly titles: string[] = [];

  numberOf(title: string): number {
    if (!this.titles.includes(title)) this.titles.push(title);
    return this.titles.indexOf(title) + 1;
  }

  text(): string {
    return this.titles
      .map((title, index) => `(${index + 1}) ${title.slice(DOES_NOT_HOLD.length)}`)
      .join('\n');
  }
}
