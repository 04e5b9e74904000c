import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { eventually } from '../support/eventually';
import { call } from '../support/shop/http';
import { anOrder } from '../support/shop/order';

const HOW_TO = readFileSync('docs/how-to/add-a-service.md', 'utf8');
const COPIED = [
  'apps',
  'libs',
  'tools',
  'package.json',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  '.swcrc',
];

describe('The how-to "add a service"', () => {
  let checkout: string;
  let launcher: ChildProcess;

  /** What the launcher tells of the suite once it is ready. */
  const suiteFile = () => join(checkout, '.data', 'suite.json');
  const logOf = (service: string): string => {
    const file = join(checkout, '.data', 'logs', `${service}.log`);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };

  beforeAll(async () => {
    mkdirSync('.data/test', { recursive: true });
    checkout = mkdtempSync(resolve('.data/test/how-to-'));
    for (const name of COPIED) cpSync(name, join(checkout, name), { recursive: true });
    symlinkSync(resolve('node_modules'), join(checkout, 'node_modules'));
    follow(HOW_TO, checkout);
    launcher = spawn(process.execPath, ['tools/prepare.mjs', 'start'], { cwd: checkout, stdio: 'ignore' });
    await eventually(() => existsSync(suiteFile()), { within: 60_000 });
  });

  afterAll(async () => {
    const ended = once(launcher, 'exit');
    launcher.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    rmSync(checkout, { recursive: true });
  });

  it('gives a service that hears of confirmed orders, beside all others', async () => {
    const { orderApiUrl }: { orderApiUrl: string } = JSON.parse(readFileSync(suiteFile(), 'utf8'));
    const { status, body } = await call(`${orderApiUrl}/orders`, {
      method: 'POST',
      body: anOrder({ KAZOO: 3 }),
    });
    expect(status).toBe(201);
    await eventually(() =>
      expect(logOf('loyalty')).toContain('order.confirmed handled by LoyaltyPoints.confirmed'),
    );
    const { id }: { id: string } = body;
    await eventually(() => expect(logOf('email')).toMatch(new RegExp(`${id}.*order.confirmed handled`)));
  });
});

/** Does what the page says: writes its files, and adds its lines where it wants them. */
function follow(page: string, checkout: string): void {
  for (const [, path = '', content = ''] of page.matchAll(/```ts\n\/\/ (apps\/\S+)\n([^]*?)```/g)) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    writeFileSync(join(checkout, path), content);
  }
  for (const [, path = '', before = '', lines = ''] of page.matchAll(
    /```ts\n\/\/ in (\S+), before "(.*)"\n([^]*?)```/g,
  )) {
    const source = readFileSync(join(checkout, path), 'utf8');
    expect(source).toContain(before);
    writeFileSync(join(checkout, path), source.replace(before, lines + before));
  }
}
