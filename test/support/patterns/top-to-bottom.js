const { default: TestSequencer } = require('@jest/test-sequencer');
const { lessonOf } = require('./lessons');

/** The lessons in the order of their numbers. */
module.exports = class TopToBottom extends TestSequencer {
  sort(tests) {
    return tests.toSorted((one, other) => lessonOf(one.path).localeCompare(lessonOf(other.path)));
  }
};
