import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually } from '../../../infra/eventually';
import { Clocks } from './clocks';

const HOUR_MS = 3_600_000;

/** Says what time it is, over and over. */
const SPEAKING_CLOCK =
  'setInterval(() => process.stdout.write(`${Date.now()} ${new Date().getTime()}\n`), 20)';

describe(Clocks.name, () => {
  let sut: Clocks;
  let program: ChildProcess;
  let saidLast = '';

  beforeAll(() => {
    sut = new Clocks();
    const env = { ...process.env, ...sut.environmentOf('email') };
    program = spawn(process.execPath, ['-e', SPEAKING_CLOCK], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    program.stdout?.on(
      'data',
      (said: Buffer) => (saidLast = said.toString().trim().split('\n').at(-1) ?? ''),
    );
  });

  afterAll(async () => {
    program.kill();
    await once(program, 'exit');
    sut.close();
  });

  const aheadBy = (hours: number): void => {
    const [now = NaN, date = NaN] = saidLast.split(' ').map(Number);
    expect((now - Date.now()) / HOUR_MS).toBeCloseTo(hours, 1);
    expect((date - Date.now()) / HOUR_MS).toBeCloseTo(hours, 1);
  };

  it.each([0, 48, -1, 0])('lets the clock of a running program jump: %i hours ahead', async (hours) => {
    sut.set('email', hours * HOUR_MS);
    await eventually(() => aheadBy(hours));
  });
});
