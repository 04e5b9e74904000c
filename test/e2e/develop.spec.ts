import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Checkout } from '../support/checkout';
import { eventually } from '../../infra/eventually';
import { isRunning } from '../../infra/processes/process-table';
import { describeOn } from '../support/shop/target';

describeOn(['local'], 'it starts a checkout of its own')('npm run dev', () => {
  const checkout = new Checkout();

  afterAll(() => checkout.remove());

  it('builds again what is edited, and restarts the service', async () => {
    const unneeded = ['order-api', 'inventory', 'sms-gateway'].flatMap((name) => ['--without', name]);
    await checkout.start({}, ['--watch', ...unneeded]);
    await eventually(() => checkout.logOf('build').includes('Watching for file changes'), { within: 60_000 });
    appendFileSync(join(checkout.folder, 'apps', 'email', 'src', 'main.ts'), "\nconsole.log('edited');\n");
    await eventually(() => checkout.logOf('email').includes('edited'), { within: 60_000 });
    expect(checkout.logOf('sms')).not.toContain('edited');
  });
});

describeOn(['local'], 'it starts a checkout of its own')('npm start, read by a program that ends', () => {
  const checkout = new Checkout();

  afterAll(() => checkout.remove());

  it('stops the suite, and leaves nothing running', async () => {
    const launcher = spawn(process.execPath, ['tools/prepare.mjs', 'start'], { cwd: checkout.folder });
    launcher.stdout.resume();
    const said = text(launcher.stderr);
    const ended = once(launcher, 'exit');
    await eventually(() => checkout.logOf('postgres').includes('ready to accept connections'), {
      within: 60_000,
    });
    const begun = checkout.processes();
    launcher.stdout.destroy();
    // What it said belongs to the failure, where it ends in another way.
    expect({ ended: await ended, said: await said }).toEqual({
      ended: [0, null],
      said: expect.any(String),
    });
    expect(await checkout.run('suite')).toMatchObject({ code: 1 });
    expect(checkout.processes()).toEqual([]);
    expect(begun.length).toBeGreaterThan(1);
    expect(begun.filter(isRunning)).toEqual([]);
  });
});
