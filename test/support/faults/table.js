const SUMMED = ['accepted', 'events', 'handled', 'repeated', 'lost'];

const HEAD = [
  'fault',
  'accepted',
  'published',
  'handled',
  'repeated',
  'lost',
  'drained in',
  'result',
  'took',
];

/** What became of one fault: its tests, and the figures of all its shops. A shop counts with its last check. */
exports.faultOf = (fault, { testResults, perfStats, testExecError }, records) => {
  const checks = records.filter(({ figures }) => figures !== undefined);
  const shops = [...new Map(checks.map(({ shop, figures }) => [shop, figures])).values()];
  const failed = testExecError !== undefined || testResults.some(({ status }) => status === 'failed');
  return {
    fault,
    held: !failed && testResults.some(({ status }) => status === 'passed'),
    seconds: Math.round((perfStats.end - perfStats.start) / 1000),
    ...Object.fromEntries(SUMMED.map((name) => [name, sum(shops.map((figures) => figures[name]))])),
    secondsToDrain: Math.max(0, ...checks.map(({ figures }) => figures.secondsToDrain)),
    tests: testResults.map(({ fullName, status, duration }) => ({ fullName, status, duration })),
    checks: checks.map(({ currentTestName, figures }) => ({ test: currentTestName, ...figures })),
    remarks: records.flatMap(({ remark }) => remark ?? []),
  };
};

exports.tableOf = (faults) => {
  const remarks = faults.flatMap(({ fault, remarks }) => remarks.map((text) => `${fault}: ${text}`));
  return [aligned([HEAD, ...faults.map(rowOf)]), ...remarks].join('\n');
};

const rowOf = ({ fault, held, seconds, secondsToDrain, ...figures }) => [
  fault,
  ...SUMMED.map((name) => figures[name].toLocaleString('en')),
  `${secondsToDrain} s`,
  held ? 'held' : 'FAILED',
  `${seconds} s`,
];

/** The first column to the left, the others to the right. */
function aligned(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const cell = (text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]));
  return rows.map((row) => row.map(cell).join('   ')).join('\n');
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
