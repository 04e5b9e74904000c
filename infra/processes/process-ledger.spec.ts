import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolderInUse, ProcessLedger } from './process-ledger';
import { startOf } from './process-table';

const NOBODY = { pid: 2 ** 22 + 1, started: '1' };

describe(ProcessLedger.name, () => {
  let folder: string;
  let child: ChildProcess;
  let pid: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    await once(child, 'spawn');
    pid = child.pid ?? 0;
  });

  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  const write = (page: object): void => writeFileSync(join(folder, 'processes.json'), JSON.stringify(page));

  const leave = (launcher: object, ...processes: object[]): void => write({ launcher, processes });

  it('keeps what was added until it is removed, and gives the folder back', async () => {
    const sut = new ProcessLedger(folder);
    await sut.take();
    sut.add({ name: 'sut', pid, stopSignal: 'SIGTERM' });
    expect(readFileSync(join(folder, 'processes.json'), 'utf8')).toContain(`"pid": ${pid}`);
    sut.remove(pid);
    expect(readFileSync(join(folder, 'processes.json'), 'utf8')).not.toContain(`"pid": ${pid}`);
    sut.release();
    expect(existsSync(join(folder, 'processes.json'))).toBe(false);
  });

  it('refuses a folder that a launcher works in', async () => {
    leave({ pid, started: startOf(pid) });
    await expect(new ProcessLedger(folder).take()).rejects.toThrow(DataFolderInUse);
  });

  it('waits for a launcher that stops because its npm was killed', async () => {
    write({ launcher: { pid, started: startOf(pid) }, npm: NOBODY, processes: [] });
    const taken = new ProcessLedger(folder).take();
    child.kill();
    await expect(taken).resolves.toBeUndefined();
  });

  it('refuses a folder that a launcher works in, whose npm runs', async () => {
    const npm = { pid: process.pid, started: startOf(process.pid) };
    write({ launcher: { pid, started: startOf(pid) }, npm, processes: [] });
    await expect(new ProcessLedger(folder).take()).rejects.toThrow(DataFolderInUse);
  });

  it('refuses a folder that another launcher took while the leftovers were ended', async () => {
    leave(NOBODY, { name: 'sut', pid, started: startOf(pid), stopSignal: 'SIGTERM' });
    const taken = new ProcessLedger(folder).take();
    leave({ pid: process.pid, started: startOf(process.pid) });
    await expect(taken).rejects.toThrow(DataFolderInUse);
  });

  it('ends what a killed launcher left behind', async () => {
    leave(NOBODY, { name: 'sut', pid, started: startOf(pid), stopSignal: 'SIGTERM' });
    const exit = once(child, 'exit');
    await new ProcessLedger(folder).take();
    await expect(exit).resolves.toEqual([null, 'SIGTERM']);
  });

  it('spares a stranger that was given the pid of one that is gone', async () => {
    leave(NOBODY, { name: 'sut', pid, started: 'long ago', stopSignal: 'SIGKILL' });
    await new ProcessLedger(folder).take();
    expect(startOf(pid)).toBeDefined();
  });

  it('takes a folder whose ledger cannot be read', async () => {
    writeFileSync(join(folder, 'processes.json'), '{"launcher":');
    await expect(new ProcessLedger(folder).take()).resolves.toBeUndefined();
  });

  it('kills all at once', async () => {
    const sut = new ProcessLedger(folder);
    await sut.take();
    sut.add({ name: 'sut', pid, stopSignal: 'SIGTERM' });
    const exit = once(child, 'exit');
    sut.killAll();
    await expect(exit).resolves.toEqual([null, 'SIGKILL']);
  });
});
