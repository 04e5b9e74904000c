const { default: TestRunner } = require('jest-runner');

/** One file after the other, once those of the other projects are done. */
module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
