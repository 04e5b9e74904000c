import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

describe('The last line of a test run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'summary-reporter-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs Jest on this one file. */
  const lastLineOf = (spec: string): string | undefined => {
    writeFileSync(join(folder, 'example.spec.js'), spec);
    const config = {
      rootDir: folder,
      transform: {},
      reporters: [resolve('test/support/summary-reporter.js')],
    };
    const args = [resolve('node_modules/jest/bin/jest.js'), '--config', JSON.stringify(config)];
    return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout.trimEnd().split('\n').at(-1);
  };

  const FAILS = '() => { throw new Error() }';

  it.each([
    [
      'tests that pass, fail and are skipped',
      `it("a", () => {}); it("b", ${FAILS}); it.skip("c", () => {})`,
      '1 passed, 1 failed, 1 skipped',
    ],
    ['a file that cannot be loaded', 'throw new Error()', '0 passed, 1 failed'],
    ['a failed afterAll', `afterAll(${FAILS}); it("a", () => {})`, '1 passed, 1 failed'],
    [
      'a failed beforeAll whose afterAll fails too',
      `beforeAll(${FAILS}); afterAll(${FAILS}); it("a", () => {})`,
      '0 passed, 1 failed',
    ],
  ])('counts %s', (_, spec, line) => {
    expect(lastLineOf(spec)).toBe(line);
  });
});
