const { default: TestRunner } = require('jest-runner');

/**
 * Two files at once, where each loads a processor: an end-to-end file starts a suite, some 30 s of CPU time. Three on two cores make
 * each other wait until connections time out, and end no sooner.
 */
module.exports = class HeavyRunner extends TestRunner {
  constructor(globalConfig, context) {
    super({ ...globalConfig, maxWorkers: Math.min(2, globalConfig.maxWorkers) }, context);
  }
};
