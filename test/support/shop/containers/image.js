const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');

/** A name for each checkout: neither a suite of the user's nor the tests of another checkout run on it. */
const IMAGE = `order-events:test-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 10)}`;

/** Builds the image, once for all spec files of a run; where that fails, each of them says so. */
exports.buildImage = () => {
  const args = ['compose', '--project-name', 'order-events-test', '--env-file', '/dev/null', 'build'];
  const { status, stdout, stderr } = spawnSync('docker', args, {
    env: { ...process.env, IMAGE },
    encoding: 'utf8',
  });
  if (status === 0) process.env.TEST_IMAGE = IMAGE;
  else process.env.TEST_IMAGE_FAILURE = `The image could not be built:\n${stdout}${stderr}`;
};
