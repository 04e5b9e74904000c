import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SuiteFile } from './suite-file';

const ADDRESSES = {
  rabbitmqUrl: 'amqp://administrator:secret@127.0.0.1:25000/order-events',
  orderApiUrl: 'http://127.0.0.1:3000',
  mailUrl: 'http://127.0.0.1:25001',
  smsUrl: 'http://127.0.0.1:3005',
};

describe(SuiteFile.name, () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'suite-'));
    file = join(folder, 'suite.json');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('says where the suite is, to its owner alone', () => {
    new SuiteFile(folder).write(ADDRESSES);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(ADDRESSES);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is gone afterwards, also the one that a killed launcher left behind', () => {
    new SuiteFile(folder).write(ADDRESSES);
    const sut = new SuiteFile(folder);
    sut.remove();
    sut.remove();
    expect(readdirSync(folder)).toEqual([]);
  });
});
