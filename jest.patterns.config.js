const config = require('./jest.config');
const { LESSONS } = require('./test/support/patterns/lessons');

const patterns = config.projects.find(({ displayName }) => displayName === 'patterns');

/** The whole course as a story, with what the suite's own tests show of it. @type {import('jest').Config} */
module.exports = {
  ...config,
  reporters: [
    '<rootDir>/test/support/patterns/story-reporter.js',
    '<rootDir>/test/support/summary-reporter.js',
  ],
  testSequencer: '<rootDir>/test/support/patterns/top-to-bottom.js',
  projects: [
    {
      ...patterns,
      runner: '<rootDir>/test/support/serial-runner.js',
      roots: ['<rootDir>/test/patterns', '<rootDir>/test/e2e', '<rootDir>/libs'],
      testMatch: Object.values(LESSONS)
        .flat()
        .map((file) => `<rootDir>/${file}`),
    },
  ],
};
