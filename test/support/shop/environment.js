const { TestEnvironment } = require('jest-environment-node');

/** Tells a spec file where the suite shall run and whether one of its tests has failed, and ends what it has started when the run itself is ended: a worker notices that only by its line to Jest. */
module.exports = class ShopEnvironment extends TestEnvironment {
  endings = [];
  endAll = () => this.endings.forEach((end) => end());
  exit = () => process.exit(1);

  constructor(config, context) {
    super(config, context);
    this.global.target = config.projectConfig.testEnvironmentOptions.target;
  }

  async setup() {
    await super.setup();
    this.global.testsFailed = false;
    this.global.onExit = (end) => this.endings.push(end);
    process
      .on('exit', this.endAll)
      .on('SIGINT', this.exit)
      .on('SIGTERM', this.exit)
      .on('disconnect', this.exit);
  }

  async teardown() {
    process
      .off('exit', this.endAll)
      .off('SIGINT', this.exit)
      .off('SIGTERM', this.exit)
      .off('disconnect', this.exit);
    await super.teardown();
  }

  handleTestEvent({ name }) {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.global.testsFailed = true;
  }
};
