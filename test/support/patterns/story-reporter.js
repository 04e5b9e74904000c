const { basename } = require('node:path');
const { lessonOf } = require('./lessons');

/** Tells the lessons as a story: each test with what it has printed before it, and the failures where they happen. */
module.exports = class StoryReporter {
  told = undefined;

  constructor() {
    process.env.STORY = 'told';
  }

  onTestFileStart({ path }) {
    const lesson = lessonOf(path);
    if (lesson !== this.told) console.log(`\n${lesson}`);
    this.told = lesson;
    if (!path.includes('/patterns/')) console.log(`    (${basename(path)})`);
  }

  onTestCaseResult(_test, { ancestorTitles, title, status, failureMessages }) {
    if (status === 'pending') return;
    const sentence = [...ancestorTitles.slice(1), title].join(' ');
    console.log(`  ${status === 'passed' ? '✓' : '✗'} ${sentence}`);
    for (const message of failureMessages) console.log(withoutFrames(message));
  }

  onTestFileResult(_test, { testExecError }) {
    if (testExecError !== undefined && testExecError !== null) console.log(testExecError);
  }

  onRunComplete(_contexts, { startTime }) {
    console.log(`\n${Math.round((Date.now() - startTime) / 1_000)} s`);
  }
};

/** Of the stack, only where it passes through a lesson. */
const withoutFrames = (message) =>
  message
    .split('\n')
    .filter((line) => !/^\s+at /.test(line) || line.includes('/test/patterns/'))
    .join('\n');
