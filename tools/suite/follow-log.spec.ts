import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { followLog } from './follow-log';

describe(followLog.name, () => {
  let dataFolder: string;

  beforeEach(() => {
    dataFolder = mkdtempSync(join(tmpdir(), 'order-events-logs-of-'));
  });

  afterEach(() => rmSync(dataFolder, { recursive: true }));

  it('says that nothing runs where there is no log at all', async () => {
    await expect(followLog(dataFolder, 'email')).rejects.toThrow('Nothing runs in this checkout.');
  });

  it('names the logs that there are', async () => {
    mkdirSync(join(dataFolder, 'logs'));
    for (const name of ['email', 'sms']) writeFileSync(join(dataFolder, 'logs', `${name}.log`), '');
    const following = followLog(dataFolder, 'fax');
    await expect(following).rejects.toThrow('There is no log of "fax". There are email, sms.');
  });
});
