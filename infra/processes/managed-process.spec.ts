import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess, type ProcessSpec } from './managed-process';
import { ProcessLedger } from './process-ledger';
import { failureOf, untilReady } from './until-ready';
import { eventually } from '../eventually';

const OBEYS = 'setInterval(() => undefined, 1000); console.log("up")';
const IGNORES_SIGTERM = `process.on('SIGTERM', () => console.log('no')); ${OBEYS}`;

describe(ManagedProcess.name, () => {
  const started: ManagedProcess[] = [];

  const start = async (script: string, more: Partial<ProcessSpec> = {}): Promise<ManagedProcess> => {
    const spec = { name: 'sut', command: process.execPath, args: ['-e', script], env: {}, ...more };
    const sut = await ManagedProcess.start(spec);
    started.push(sut);
    return sut;
  };

  const startAndWait = async (script: string, more?: Partial<ProcessSpec>): Promise<ManagedProcess> => {
    const sut = await start(script, more);
    await eventually(() => sut.tail().includes('up'), { what: 'the process to be up', within: 5_000 });
    return sut;
  };

  afterEach(() => Promise.all(started.splice(0).map((managed) => managed.kill())));

  it('tells how the process ended, and what it said last', async () => {
    const sut = await start('console.log("out"); console.error("err"); process.exitCode = 3');
    await expect(sut.exited).resolves.toEqual({ code: 3, signal: null });
    expect(sut.running).toBe(false);
    expect(sut.tail().split('\n').sort()).toEqual(['err', 'out']);
  });

  it('hands on every line', async () => {
    const onLine = jest.fn();
    const sut = await start('console.log("one\\ntwo")', { onLine });
    await sut.exited;
    expect(onLine.mock.calls).toEqual([['one'], ['two']]);
  });

  it('gives the process its own environment and nothing else', async () => {
    const sut = await start('console.log(JSON.stringify(process.env))', { env: { OWN: '1' } });
    await sut.exited;
    expect(JSON.parse(sut.tail())).toEqual({ OWN: '1' });
  });

  it('stops a process that obeys', async () => {
    const sut = await startAndWait(OBEYS);
    await expect(sut.stop()).resolves.toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('kills a process that does not stop in time', async () => {
    const sut = await startAndWait(IGNORES_SIGTERM, { stopTimeoutMs: 100 });
    await expect(sut.stop()).resolves.toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('can be stopped when it has long ended', async () => {
    const sut = await start('');
    await sut.exited;
    await expect(sut.stop()).resolves.toEqual({ code: 0, signal: null });
  });

  it('reports an end that was not asked for, and no other', async () => {
    const onCrash = jest.fn();
    const crashed = await start('process.exit(1)', { onCrash });
    await crashed.exited;
    const stopped = await startAndWait(OBEYS, { onCrash });
    await stopped.stop();
    expect(onCrash.mock.calls).toEqual([[crashed]]);
  });

  it('fails when there is no such program', async () => {
    await expect(start('', { command: '/nowhere/program' })).rejects.toThrow('ENOENT');
  });

  it('starts nothing any more once it is told to end', async () => {
    const signal = AbortSignal.abort(new Error('Stopped.'));
    await expect(start(OBEYS, { signal })).rejects.toThrow('Stopped.');
  });

  it('has written the process down before anybody waits for it', async () => {
    const ledger = new ProcessLedger(mkdtempSync(join(tmpdir(), 'ledger-')));
    const add = jest.spyOn(ledger, 'add');
    const starting = start(OBEYS, { ledger });
    expect(add).toHaveBeenCalledWith({ pid: expect.any(Number), name: 'sut', stopSignal: 'SIGTERM' });
    await starting;
  });
});

describe(untilReady.name, () => {
  const start = (script: string): Promise<ManagedProcess> =>
    ManagedProcess.start({ name: 'sut', command: process.execPath, args: ['-e', script], env: {} });

  it('fails as soon as the process has ended, and says why', async () => {
    const sut = await start('console.error("no such database"); process.exit(1)');
    await expect(untilReady(sut, () => false, 60_000)).rejects.toThrow(
      /sut ended with code 1[^]*no such database/,
    );
  });

  it('fails when the process is not ready in time', async () => {
    const sut = await start(OBEYS);
    await expect(untilReady(sut, () => false, 10)).rejects.toThrow('sut to be ready');
    await sut.kill();
    await expect(failureOf(sut)).resolves.toHaveProperty('message', expect.stringContaining('SIGKILL'));
  });
});
