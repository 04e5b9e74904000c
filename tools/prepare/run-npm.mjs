import { spawnSync } from 'node:child_process';

/** Runs npm with its output to ours. The version check of npm itself is not what anybody waits for here. */
export function runNpm(...args) {
  const { status, error } = spawnSync('npm', args, {
    // Its output is for people: the standard output is the command's own, which may be JSON for a program.
    stdio: ['inherit', process.stderr, 'inherit'],
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
  if (status !== 0) throw new Error(`"npm ${args.join(' ')}" failed${error ? `: ${error.message}` : '.'}`);
}
