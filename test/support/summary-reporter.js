const { writeSync } = require('node:fs');

const STDOUT = 1;

/** Longer than the private broker and database may take to stop, in milliseconds. */
const EXIT_LIMIT_MS = 60_000;

/**
 * Says as the very last line how many tests passed and failed, for people and for machines. A file that fails outside its tests counts
 * as one failed test: it could not be loaded, or one of its hooks failed.
 */
module.exports = class SummaryReporter {
  passed = 0;
  failed = 0;
  skipped = 0;

  constructor() {
    process.once('exit', (code) => this.print(code));
  }

  onRunComplete(_contexts, results) {
    this.passed = results.numPassedTests;
    this.failed = results.numFailedTests + results.testResults.filter(failedOutsideItsTests).length;
    this.skipped = results.numPendingTests + results.numTodoTests;
    setTimeout(() => this.fail(), EXIT_LIMIT_MS).unref();
  }

  /** Something that a test left open keeps the process alive: said, and counted, instead of waited for. */
  fail() {
    console.error(`Still open after all tests: ${process.getActiveResourcesInfo().join(', ')}`);
    process.exit(1);
  }

  /** What fails outside the tests, such as to stop the broker, is a failure too. */
  print(code) {
    const failed = code === 0 ? this.failed : Math.max(this.failed, 1);
    const skipped = this.skipped === 0 ? '' : `, ${this.skipped} skipped`;
    write(`${this.passed} passed, ${failed} failed${skipped}\n`);
  }
};

/** Where `beforeAll` fails, Jest calls all tests of the file failed; that `afterAll` fails too is no further failure. */
const failedOutsideItsTests = ({ testExecError, numFailingTests }) =>
  testExecError !== undefined && numFailingTests === 0;

/** Past `process.stdout`, which Jest may have closed by then; waits while the reader is slow. */
function write(line) {
  for (;;) {
    try {
      return writeSync(STDOUT, line);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
