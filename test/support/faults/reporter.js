const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const { faultOf, tableOf } = require('./table');

/** Collects the figures of the faults while they run, and prints them as a table; all of it is in `.data/faults/report.json`. */
module.exports = class FaultsReporter {
  results = [];
  started = new Date();

  constructor({ rootDir }) {
    this.folder = join(rootDir, '.data', 'faults');
    this.file = process.env.FAULT_FIGURES = join(this.folder, `figures-${process.pid}.jsonl`);
    mkdirSync(this.folder, { recursive: true });
  }

  onTestFileStart(test) {
    if (isFault(test)) console.error(`▸ ${nameOf(test.path)} …`);
  }

  onTestFileResult(test, result) {
    if (isFault(test)) this.results.push(faultOf(nameOf(test.path), result, this.recordsOf(test.path)));
  }

  onRunComplete() {
    rmSync(this.file, { force: true });
    if (this.results.length === 0) return;
    this.results.sort((one, other) => one.fault.localeCompare(other.fault));
    const report = { started: this.started, load: process.env.FAULTS ?? 'short', faults: this.results };
    writeFileSync(join(this.folder, 'report.json'), `${JSON.stringify(report, undefined, 2)}\n`);
    console.error(`\n${tableOf(this.results)}\n\nAll of it: .data/faults/report.json`);
  }

  recordsOf(path) {
    const lines = existsSync(this.file) ? readFileSync(this.file, 'utf8').split('\n') : [];
    return lines
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
      .filter(({ testPath }) => testPath === path);
  }
};

const isFault = ({ context }) => ['faults', 'nemesis'].includes(context.config.displayName?.name);

const nameOf = (path) => basename(path, '.spec.ts');
