const { basename } = require('node:path');
const { default: TestSequencer } = require('@jest/test-sequencer');

/** What a file, or any file of a project, takes in milliseconds where it has not run yet. */
const USUAL_MS = {
  'take-it-apart.spec.ts': 150_000,
  'experiments.spec.ts': 100_000,
  e2e: 30_000,
  faults: 30_000,
  integration: 10_000,
  conformance: 10_000,
};

/** Jest's own order, longest first, also in a checkout in which no test has run yet: at the end, no worker waits for a long one. */
module.exports = class LongestFirst extends TestSequencer {
  time(test) {
    const project = test.context.config.displayName?.name;
    return super.time(test) ?? USUAL_MS[basename(test.path)] ?? USUAL_MS[project] ?? 1_000;
  }
};
