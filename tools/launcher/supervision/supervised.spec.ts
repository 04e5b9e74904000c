import { readFileSync } from 'node:fs';
import { environmentWith } from '../../../infra/environment';
import { ManagedProcess } from '../../../infra/processes/managed-process';
import type { Part } from '../../../infra/processes/part';
import { failureOf } from '../../../infra/processes/until-ready';
import { eventually } from '../../../infra/eventually';
import { Supervised } from './supervised';

/** A process that does nothing, and tells who supervises it how it ended. */
class Idler implements Part {
  readonly name = 'idler';
  readonly port = undefined;
  onEnd: (how: string) => void = () => undefined;
  broken = false;
  private process?: ManagedProcess;

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get running(): boolean {
    return this.process?.running === true;
  }

  async start(): Promise<void> {
    if (this.broken) throw new Error('idler cannot be started');
    this.process = await ManagedProcess.start({
      name: this.name,
      command: process.execPath,
      args: ['-e', 'setInterval(() => undefined, 1_000)'],
      env: environmentWith({}),
      onCrash: (crashed) => void failureOf(crashed).then(({ what }) => this.onEnd(what)),
    });
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  async kill(): Promise<void> {
    await this.process?.kill();
  }
}

describe(Supervised.name, () => {
  let part: Idler;
  let lines: string[];
  let sut: Supervised;

  beforeEach(async () => {
    part = new Idler();
    lines = [];
    await part.start();
    sut = new Supervised(part, true, (line) => lines.push(line));
    part.onEnd = (how) => sut.ended(how);
  });

  afterEach(() => sut.stop());

  const running = (): Promise<true> => eventually(() => sut.state === 'running');
  const endItself = (): void => void process.kill(part.pid ?? 0, 'SIGKILL');
  const isStopped = (): boolean =>
    readFileSync(`/proc/${part.pid}/stat`, 'utf8')
      .replace(/\(.*\)/, '(node)')
      .includes(' (node) T ');

  it('starts again what ends by itself, and says so', async () => {
    const { pid } = sut;
    endItself();
    await eventually(() => sut.state === 'waiting');
    expect(sut.pid).toBeUndefined();
    await running();
    expect(sut.pid).not.toBe(pid);
    expect(sut.restarts).toBe(1);
    expect(lines).toEqual(['idler ended with SIGKILL. It is started again in 1 s.', 'idler runs again.']);
  });

  it('starts again what it was told to kill', async () => {
    await sut.kill();
    expect(sut.state).toBe('waiting');
    await running();
    expect(sut.restarts).toBe(1);
  });

  it('leaves alone what it was told to stop, until it is told to start', async () => {
    await sut.stop();
    expect(sut.state).toBe('stopped');
    expect(lines).toEqual([]);
    await sut.start();
    expect(sut).toMatchObject({ state: 'running', restarts: 0 });
    await expect(sut.start()).rejects.toThrow('idler runs already.');
  });

  it('can be stopped while it waits for its restart', async () => {
    await sut.kill();
    await sut.stop();
    expect(sut.state).toBe('stopped');
    await expect(sut.kill()).rejects.toThrow('idler does not run: it is stopped.');
  });

  it('tries again after a longer pause where a restart fails', async () => {
    part.broken = true;
    await sut.kill();
    await eventually(() => lines.length === 2);
    expect(lines[1]).toBe('idler cannot be started. It is started again in 2 s.');
    part.broken = false;
    await running();
  });

  it('holds its process still, lets it run on, and stops it also where it is held', async () => {
    expect(() => sut.resume()).toThrow('idler is not paused.');
    sut.pause();
    expect(sut.state).toBe('paused');
    await eventually(isStopped);
    sut.resume();
    await eventually(() => !isStopped());
    sut.pause();
    await sut.stop();
    expect(sut.state).toBe('stopped');
  });
});
