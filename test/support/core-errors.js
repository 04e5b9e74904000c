const { isNativeError } = require('node:util').types;

/**
 * Jest gives each spec file globals of its own, but Node's modules throw errors of the first ones: to `instanceof`,
 * an ECONNREFUSED would be no `Error`. Outside Jest it is one.
 * @see https://github.com/jestjs/jest/issues/2549
 */
Object.defineProperty(Error, Symbol.hasInstance, {
  value(candidate) {
    const isOurs = Function.prototype[Symbol.hasInstance].call(this, candidate);
    return isOurs || (this === Error && isNativeError(candidate));
  },
});
