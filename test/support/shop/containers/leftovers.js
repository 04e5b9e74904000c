const { spawnSync } = require('node:child_process');

/** `compose.ts` puts the process id of its run in there. */
const PROJECT = /^order-events-test-(\d+)-/;

/** Removes the containers, networks and volumes of test runs that were killed before they could do so. */
exports.removeLeftovers = () => {
  const { stdout } = spawnSync('docker', ['compose', 'ls', '--all', '--format', 'json'], {
    encoding: 'utf8',
  });
  for (const { Name: name } of JSON.parse(stdout || '[]')) {
    const [, pid] = PROJECT.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    spawnSync('docker', ['compose', '--project-name', name, 'down', '--volumes', '--timeout', '0']);
  }
};

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
