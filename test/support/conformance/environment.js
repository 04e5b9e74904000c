const ShopEnvironment = require('../shop/environment.js');

/** Ends what a spec file has started also when it runs in a worker, which notices only by its line to Jest that Jest was ended. */
module.exports = class ConformanceEnvironment extends ShopEnvironment {
  async setup() {
    await super.setup();
    process.on('disconnect', this.exit);
  }

  async teardown() {
    process.off('disconnect', this.exit);
    await super.teardown();
  }
};
