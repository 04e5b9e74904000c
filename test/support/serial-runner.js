const { default: TestRunner } = require('jest-runner');

/** One file after the other, once those of the other projects are done: each starts all the services, and measures time. */
module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
