import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secrets } from './secrets';

describe(Secrets.name, () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const file = join(folder, 'new', 'secrets.env');

  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives the same secret for a name, also after a restart, and another for another name', () => {
    const email = new Secrets(file).get('email');
    const sut = new Secrets(file);
    expect(sut.get('sms')).not.toBe(email);
    expect(sut.get('email')).toBe(email);
    expect(email).toMatch(/^[0-9a-f]{32}$/);
  });

  it('keeps them in a file that only its owner can read', () => {
    new Secrets(file).get('email');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });
});
