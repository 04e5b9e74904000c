import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';

const FOLDER = join(CHECKOUT, 'docker', 'prometheus');

/** Debian's package `prometheus` has it. */
function isInstalled(): boolean {
  try {
    execFileSync('promtool', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const promtool = (...args: string[]) => execFileSync('promtool', args, { cwd: FOLDER, encoding: 'utf8' });

/** Where it is not installed, it is skipped. */
(isInstalled() ? describe : describe.skip)('promtool', () => {
  it('finds the alert rules well-formed', () => {
    expect(promtool('check', 'rules', 'alerts.yml')).toContain('SUCCESS');
  });

  it.each(['prometheus.yml', 'npm-start.yml'])('finds the configuration well-formed: %s', (file) => {
    expect(promtool('check', 'config', file)).toContain('SUCCESS');
  });

  it('finds that each alert fires when it should, and not before', () => {
    expect(promtool('test', 'rules', 'alerts.test.yml')).toContain('SUCCESS');
  });
});
