import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../eventually';

const SCRIPT = join(__dirname, 'install-on-debian.sh');
const BROKER = 'rabbitmq-server.service';

/** Installs as the package does: enables its service, and starts it unless the policy forbids that. */
const APT_GET = `
[ "$2" = install ] || exit 0
touch "$ROOT/enabled/${BROKER}" "$ROOT/etc/rc2.d/S01rabbitmq-server" "$ROOT/installing"
while [ -e "$ROOT/slow" ]; do sleep 0.05; done
if ! [ -e "$ROOT/usr/sbin/policy-rc.d" ] || "$ROOT/usr/sbin/policy-rc.d"; then touch "$ROOT/active/${BROKER}"; fi
if [ -e "$ROOT/broken" ]; then exit 100; fi`;

/** `is-active`, `is-enabled`, `stop` and `disable`, each of the unit that is named last. */
const SYSTEMCTL = `
for unit in "$@"; do :; done
case $1 in
  is-*) [ -e "$ROOT/\${1#is-}/$unit" ] ;;
  stop) rm "$ROOT/active/$unit" ;;
  disable) rm "$ROOT/enabled/$unit" ;;
esac`;

const UPDATE_RC_D = `rm "$ROOT/etc/rc2.d/S01$1"`;

const FLOCK = '/usr/bin/flock';

const onlyWithFlock = existsSync(FLOCK) ? it : it.skip;
const unlessOnWindows = process.platform === 'win32' ? describe.skip : describe;

unlessOnWindows('install-on-debian.sh', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'debian-'));
    for (const folder of ['usr/sbin', 'etc/rc2.d', 'active', 'enabled', 'bin'])
      mkdirSync(join(root, folder), { recursive: true });
    for (const tool of ['rm', 'ls', 'chmod', 'touch', 'sleep', 'flock']) link(tool);
    program('bin/apt-get', APT_GET);
    program('bin/systemctl', SYSTEMCTL);
    program('bin/update-rc.d', UPDATE_RC_D);
  });

  afterEach(() => rmSync(root, { recursive: true }));

  /** The real tool; nothing else of this machine is on the PATH. */
  const link = (tool: string): void => {
    const real = ['/usr/bin', '/bin'].map((folder) => join(folder, tool)).find((file) => existsSync(file));
    if (real !== undefined) symlinkSync(real, join(root, 'bin', tool));
  };

  const program = (name: string, body: string): void => {
    writeFileSync(join(root, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(root, name), 0o755);
  };

  const make = (...names: string[]): void => names.forEach((name) => writeFileSync(join(root, name), ''));

  const has = (name: string): boolean => existsSync(join(root, name));

  const services = (state: 'active' | 'enabled'): string[] => readdirSync(join(root, state));

  const start = () => {
    const env = { PATH: join(root, 'bin'), ROOT: root };
    return spawn('/bin/sh', [SCRIPT, root], { env, stdio: 'ignore' });
  };

  const run = async (): Promise<unknown> => (await once(start(), 'exit'))[0];

  it('installs, and leaves no service behind, and no policy', async () => {
    await expect(run()).resolves.toBe(0);
    expect(has('installing')).toBe(true);
    expect([services('active'), services('enabled')]).toEqual([[], []]);
    expect(has('etc/rc2.d/S01rabbitmq-server')).toBe(false);
    expect(has('usr/sbin/policy-rc.d')).toBe(false);
  });

  it('forbids the package to start its service', async () => {
    program('bin/systemctl', 'exit 1');
    await expect(run()).resolves.toBe(0);
    expect(has('installing')).toBe(true);
    expect(services('active')).toEqual([]);
  });

  it('leaves alone what ran before', async () => {
    make('active/epmd.socket', 'enabled/epmd.socket', `enabled/${BROKER}`, 'etc/rc2.d/S01rabbitmq-server');
    await expect(run()).resolves.toBe(0);
    expect(has('installing')).toBe(true);
    expect(services('active')).toEqual(['epmd.socket']);
    expect(services('enabled')).toEqual(['epmd.socket', BROKER]);
    expect(has('etc/rc2.d/S01rabbitmq-server')).toBe(true);
  });

  it('keeps the policy of the machine, and stops what that allowed to start', async () => {
    program('usr/sbin/policy-rc.d', 'exit 0 # of the machine');
    await expect(run()).resolves.toBe(0);
    expect(readFileSync(join(root, 'usr/sbin/policy-rc.d'), 'utf8')).toContain('# of the machine');
    expect(services('active')).toEqual([]);
  });

  it('works without systemd', async () => {
    rmSync(join(root, 'bin/systemctl'));
    await expect(run()).resolves.toBe(0);
    expect(has('installing')).toBe(true);
    expect(has('etc/rc2.d/S01rabbitmq-server')).toBe(false);
  });

  it('tidies up after an installation that failed, and says so', async () => {
    make('broken');
    await expect(run()).resolves.toBe(100);
    expect(has('usr/sbin/policy-rc.d')).toBe(false);
    expect(services('enabled')).toEqual([]);
  });

  it('lets the package manager finish when it is interrupted, then tidies up and fails', async () => {
    make('slow');
    const script = start();
    const exit = once(script, 'exit');
    await eventually(() => has('installing'), { what: 'the installation to begin', within: 5_000 });
    expect(has('usr/sbin/policy-rc.d')).toBe(true);
    script.kill('SIGTERM');
    rmSync(join(root, 'slow'));
    await expect(exit).resolves.toEqual([1, null]);
    expect(has('usr/sbin/policy-rc.d')).toBe(false);
    expect([services('active'), services('enabled')]).toEqual([[], []]);
  });

  onlyWithFlock('waits for another installation on the same machine', async () => {
    make('slow');
    const first = once(start(), 'exit');
    await eventually(() => has('installing'), { what: 'the installation to begin', within: 5_000 });
    rmSync(join(root, 'bin/flock'));
    program('bin/flock', `touch "$ROOT/waiting"; exec ${FLOCK} "$@"`);
    const second = once(start(), 'exit');
    await eventually(() => has('waiting'), { what: 'the second to wait', within: 5_000 });
    rmSync(join(root, 'slow'));
    await expect(Promise.all([first, second])).resolves.toEqual([
      [0, null],
      [0, null],
    ]);
    expect(has('usr/sbin/policy-rc.d')).toBe(false);
    expect([services('active'), services('enabled')]).toEqual([[], []]);
  });
});
