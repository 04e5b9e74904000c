const config = require('./jest.config');

// `FAULTS=short` for the load of `npm run verify`.
process.env.FAULTS ??= 'full';

const faults = config.projects.find(({ displayName }) => displayName === 'faults');

/** All the faults, or those whose names are given. @type {import('jest').Config} */
module.exports = {
  ...config,
  projects: [{ ...faults, testMatch: ['<rootDir>/test/faults/*.spec.ts'] }],
};
