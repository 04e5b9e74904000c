// npm run test:compose -- [single] [cluster] [paths and options of Jest]
// Plain Node without dependencies, until it is known that there is something to do.
const { spawnSync } = require('node:child_process');
const { whyNoContainers } = require('./engine');

const TARGETS = ['single', 'cluster'];
const isTarget = (argument) => TARGETS.includes(argument);

function main(given) {
  const reason = whyNoContainers();
  if (reason !== undefined) {
    console.log(`The suite in containers is not tested: ${reason}.`);
    return;
  }
  const { status } = spawnSync(process.execPath, ['tools/prepare.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  const targets = given.some(isTarget) ? given.filter(isTarget) : TARGETS;
  const forJest = given.filter((argument) => !isTarget(argument));
  // In this process: a signal finds it without another between.
  void require('jest').run([
    ...forJest,
    '--config',
    'jest.compose.config.js',
    '--selectProjects',
    ...targets,
  ]);
}

main(process.argv.slice(2));
