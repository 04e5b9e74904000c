import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Checkout } from '../support/checkout';
import { eventually } from '../../infra/eventually';
import { call } from '../../infra/http';
import { anOrder } from '../support/shop/order';
import { describeOn } from '../support/shop/target';

const HOW_TO = readFileSync('docs/how-to/add-a-service.md', 'utf8');

describeOn(['local'], 'it starts a checkout of its own')('The how-to "add a service"', () => {
  const checkout = new Checkout();
  let orderApiUrl: string;

  beforeAll(async () => {
    follow(HOW_TO, checkout.folder);
    ({ orderApiUrl } = await checkout.start());
  });

  afterAll(() => checkout.remove());

  it('gives a service that hears of confirmed orders, beside email and sms', async () => {
    const { status, body } = await call(`${orderApiUrl}/orders`, {
      method: 'POST',
      body: anOrder({ KAZOO: 3 }),
    });
    expect(status).toBe(201);
    await eventually(() =>
      expect(checkout.logOf('loyalty')).toContain('order.confirmed handled by LoyaltyPoints.confirmed'),
    );
    const { id }: { id: string } = body;
    for (const other of ['email', 'sms'])
      await eventually(() =>
        expect(checkout.logOf(other)).toMatch(new RegExp(`${id}.*order.confirmed handled`)),
      );
  });

  it('leaves nothing undone that a check would ask for', async () => {
    expect(await checkout.run('contracts')).toMatchObject({ code: 0 });
    expect(await unitTestsIn(checkout.folder, 'libs/broker-admin', 'libs/contracts', 'tools')).toEqual({
      code: 0,
      failed: [],
    });
  });
});

/** Does what the page says: writes its files, and adds its lines where it wants them. */
function follow(page: string, checkout: string): void {
  for (const [, path = '', content = ''] of page.matchAll(/```ts\n\/\/ (apps\/\S+)\n([^]*?)```/g)) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), content);
  }
  for (const [, path = '', before = '', lines = ''] of page.matchAll(
    /```(?:ts|yaml)\n(?:\/\/|#) in (\S+), before "(.*)"\n([^]*?)```/g,
  )) {
    const source = readFileSync(join(checkout, path), 'utf8');
    expect(source).toContain(before);
    writeFileSync(join(checkout, path), source.replace(before, lines + before));
  }
}

interface TestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
  }[];
}

/** Runs the unit tests of some folders. Resolves with the exit code of Jest, and the files that failed. */
async function unitTestsIn(
  checkout: string,
  ...folders: string[]
): Promise<{ code: unknown; failed: string[] }> {
  const results = join(checkout, '.data', 'unit-tests.json');
  const args = [
    ...folders,
    '--selectProjects',
    'unit',
    '--json',
    `--outputFile=${results}`,
    '--reporters=default',
  ];
  const jest = spawn(process.execPath, [require.resolve('jest/bin/jest'), ...args], {
    cwd: checkout,
    stdio: 'ignore',
  });
  const [code]: unknown[] = await once(jest, 'exit');
  const { testResults }: TestResults = JSON.parse(readFileSync(results, 'utf8'));
  return {
    code,
    failed: testResults
      .filter(({ status }) => status !== 'passed')
      .map(({ name, message }) => `${name}: ${message}`),
  };
}
