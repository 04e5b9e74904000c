const { default: TestRunner } = require('jest-runner');

/**
 * End-to-end files in one lane, all others in a second one beside it, each with as many workers as Jest may have. What an end-to-end
 * file starts takes most of the processors; most of the others wait for something, such as a pause of a second.
 */
module.exports = class TwoLanesRunner extends TestRunner {
  async runTests(tests, watcher, options) {
    if (options.serial) return super.runTests(tests, watcher, options);
    const isEndToEnd = ({ context }) => context.config.displayName?.name === 'e2e';
    const lanes = [tests.filter(isEndToEnd), tests.filter((test) => !isEndToEnd(test))];
    const runs = lanes
      .filter((lane) => lane.length > 0)
      .map((lane) => super.runTests(lane, watcher, options));
    await Promise.all(runs);
  }
};
