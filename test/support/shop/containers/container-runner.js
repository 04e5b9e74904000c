const SerialRunner = require('../../serial-runner');
const { whyNoContainers } = require('./engine');
const { buildImage } = require('./image');
const { removeLeftovers } = require('./leftovers');

/** Runs the spec files of one target after those of the other, on an image that it builds first; without an engine it says so in one line. */
module.exports = class ContainerRunner extends SerialRunner {
  async runTests(tests, ...rest) {
    const reason = whyNoContainers();
    if (reason !== undefined) {
      process.stderr.write(`The suite in containers is not tested: ${reason}.\n`);
      return;
    }
    removeLeftovers();
    buildImage();
    const target = ({ context }) => context.config.testEnvironmentOptions.target;
    const single = tests.filter((test) => target(test) === 'single');
    const others = tests.filter((test) => target(test) !== 'single');
    await super.runTests([...single, ...others], ...rest);
  }
};
