const { writeFileSync } = require('node:fs');
const { basename } = require('node:path');

/** Writes down what became of each guarantee, for the table of `npm run test:conformance`, and of which RabbitMQ. */
module.exports = class ConformanceReport {
  async onRunComplete(_contexts, { testResults }) {
    const tests = testResults.flatMap(({ testResults: all, testFilePath, testExecError }) => [
      ...all.map(({ ancestorTitles: [guarantee], title, status }) => ({ guarantee, title, status })),
      ...(testExecError ? [{ guarantee: basename(testFilePath), title: '', status: 'failed' }] : []),
    ]);
    writeFileSync(process.env.CONFORMANCE_REPORT, JSON.stringify({ version: await version(), tests }));
  }
};

async function version() {
  const [node] = (process.env.TEST_RABBITMQ_MANAGEMENT_URL ?? '').split(',');
  if (node === '') return '(did not start)';
  const { origin, username, password } = new URL(node);
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const response = await fetch(`${origin}/api/overview`, { headers: { authorization } });
  return (await response.json()).rabbitmq_version;
}
