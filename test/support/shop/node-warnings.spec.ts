import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeWarnings } from './node-warnings';

describe(nodeWarnings.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'node-warnings-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('finds what Node says between log lines', () => {
    const lines = [
      '{"level":40,"msg":"slow"}',
      '(node:7) MaxListenersExceededWarning: 11 listeners',
      '{}',
      '',
    ];
    writeFileSync(join(folder, 'sms.log'), lines.join('\n'));
    const others = [
      '{"msg":"a text (node:7) of ours"}',
      '(node:8) [DEP0040] DeprecationWarning: punycode',
      '',
    ];
    writeFileSync(join(folder, 'email.log'), others.join('\n'));

    expect(nodeWarnings(folder)).toEqual(['sms: MaxListenersExceededWarning: 11 listeners']);
  });
});
