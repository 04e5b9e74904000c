const { default: TestSequencer } = require('@jest/test-sequencer');

/** What a file of a project takes, in milliseconds, where it has not run yet. */
const USUAL_MS = { e2e: 30_000, faults: 30_000, integration: 10_000, conformance: 10_000 };

/** Jest's own order, longest first, also in a checkout in which no test has run yet: at the end, no worker waits for a long one. */
module.exports = class LongestFirst extends TestSequencer {
  time(test) {
    return super.time(test) ?? USUAL_MS[test.context.config.displayName?.name] ?? 1_000;
  }
};
