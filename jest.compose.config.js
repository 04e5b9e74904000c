const config = require('./jest.config');

const named = (name) => config.projects.find(({ displayName }) => displayName === name);

/** The files of the end-to-end tests, and more, against the suite in containers. */
const project = (target, ...folders) => ({
  ...named('containers'),
  displayName: target,
  testMatch: [...named('e2e').testMatch, ...folders.map((folder) => `<rootDir>/test/${folder}/*.spec.ts`)],
  testEnvironmentOptions: { target },
});

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  // To start a cluster takes longer than to start processes.
  testTimeout: 300_000,
  projects: [project('single', 'containers'), project('cluster', 'containers', 'cluster')],
};
