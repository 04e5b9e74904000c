const { readFileSync } = require('node:fs');
const SHORT = require('./test/support/faults/short');
const { FIRST, own } = require('./test/support/patterns/lessons');

const { jsc, sourceMaps } = JSON.parse(readFileSync(`${__dirname}/.swcrc`, 'utf8'));
const { baseUrl: _baseUrl, paths: _paths, ...compiler } = jsc;

/** Compiled as the build does, so that dependency injection finds the same types. */
const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata', '<rootDir>/test/support/core-errors.js'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { swcrc: false, sourceMaps, jsc: compiler, module: { type: 'commonjs' } }],
  },
  moduleNameMapper: { '^@app/(.*)$': '<rootDir>/libs/$1/src' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};

/** The broker and the database that specs share are started only if one of them runs. */
const shared = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** Each file starts the services and the database that it needs, and the broker where it takes it away. */
const shop = {
  ...shared,
  roots: ['<rootDir>/test'],
  testEnvironment: '<rootDir>/test/support/shop/environment.js',
};

/** Two files at once: each loads a processor. */
const heavy = { runner: '<rootDir>/test/support/heavy-runner.js' };

/** One file after the other: each loads the machine, and measures time. */
const serial = { runner: '<rootDir>/test/support/serial-runner.js' };

const SOURCES = ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/infra', '<rootDir>/tools', '<rootDir>/bench'];

/** What the nemesis is made of has specs of its own beside it. */
const NEMESIS = '<rootDir>/test/nemesis/nemesis.spec.ts';

/** The course of docs/patterns: each lesson in a virtual host of its own. */
const lessons = {
  ...shared,
  roots: ['<rootDir>/test/patterns'],
  testEnvironment: '<rootDir>/test/support/shop/environment.js',
};

/** `npm test` runs unit, integration, e2e and first-lessons; `npm run verify` the others. @type {import('jest').Config} */
module.exports = {
  // More than cores: an integration test mostly waits, for a broker to come back or for a pause to end.
  maxWorkers: 4,
  testSequencer: '<rootDir>/test/support/longest-first.js',
  // Jest knows one for all projects only; those of this suite wait for conditions, with deadlines of their own. A suite's start alone may
  // take two minutes on a busy machine.
  testTimeout: 300_000,
  reporters: [
    'default',
    '<rootDir>/test/support/faults/reporter.js',
    '<rootDir>/test/support/summary-reporter.js',
  ],
  projects: [
    {
      ...common,
      displayName: 'unit',
      roots: [...SOURCES, '<rootDir>/test/support', '<rootDir>/test/nemesis'],
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [
        NEMESIS,
        '\\.integration\\.spec\\.ts$',
        '<rootDir>/libs/messaging/conformance/',
      ],
    },
    {
      ...shared,
      displayName: 'integration',
      roots: [...SOURCES, '<rootDir>/test/support'],
      testMatch: ['**/*.integration.spec.ts'],
      testPathIgnorePatterns: ['rabbitmq-cluster', 'container-rabbitmq'],
    },
    {
      ...common,
      // Three nodes, killed and started again: that takes both cores, for minutes.
      displayName: 'clusters',
      roots: ['<rootDir>/infra'],
      testMatch: ['**/rabbitmq-cluster.integration.spec.ts'],
      ...serial,
    },
    {
      // The guarantees of libs/messaging, on the broker and the kind of queues that `npm run test:conformance` says: see
      // docs/how-to/test-a-broker.md. Without it, as here, a single node and quorum queues.
      ...shared,
      ...heavy,
      displayName: 'conformance',
      roots: ['<rootDir>/libs/messaging/conformance'],
      testMatch: ['**/*.spec.ts'],
      testEnvironment: '<rootDir>/test/support/shop/environment.js',
    },
    {
      ...lessons,
      ...heavy,
      displayName: 'first-lessons',
      testMatch: FIRST.map((lesson) => `<rootDir>/${own(lesson)}`),
    },
    {
      ...lessons,
      ...heavy,
      displayName: 'patterns',
      testMatch: ['<rootDir>/test/patterns/*.spec.ts'],
    },
    { ...shop, ...heavy, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    {
      ...shop,
      ...serial,
      displayName: 'faults',
      testMatch: SHORT.map((fault) => `<rootDir>/test/faults/${fault}.spec.ts`),
    },
    {
      ...common,
      displayName: 'nemesis',
      roots: ['<rootDir>/test/nemesis'],
      testMatch: [NEMESIS],
      testEnvironment: shop.testEnvironment,
      ...serial,
    },
    {
      ...common,
      // Where there is an engine; `npm run test:compose` runs all end-to-end tests in containers.
      displayName: 'containers',
      roots: ['<rootDir>/test', '<rootDir>/infra'],
      testMatch: [
        '<rootDir>/test/containers/*.spec.ts',
        '<rootDir>/test/e2e/{order,rights}.spec.ts',
        '**/container-rabbitmq.integration.spec.ts',
      ],
      testEnvironment: shop.testEnvironment,
      testEnvironmentOptions: { target: 'single' },
      runner: '<rootDir>/test/support/shop/containers/container-runner.js',
    },
  ],
};
