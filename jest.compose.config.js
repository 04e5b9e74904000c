const config = require('./jest.config');

const endToEnd = config.projects.find(({ displayName }) => displayName === 'e2e');

/** The same files against the suite in containers. */
const project = (target, ...folders) => ({
  ...endToEnd,
  displayName: target,
  testMatch: [...endToEnd.testMatch, ...folders.map((folder) => `<rootDir>/test/${folder}/*.spec.ts`)],
  testEnvironmentOptions: { target },
  runner: '<rootDir>/test/support/shop/containers/container-runner.js',
});

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  // To start a cluster takes longer than to start processes.
  testTimeout: 300_000,
  projects: [project('single', 'containers'), project('cluster', 'containers', 'cluster')],
};
