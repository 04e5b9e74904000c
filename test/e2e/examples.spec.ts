import { execFile, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { aCustomer } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

const FOLDER = 'examples';

/** Debian's package `python3-pika` has it. */
function hasPika(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pika'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const python = hasPika();
if (!python) process.stderr.write('Left out: examples/python, since "import pika" does not work here.\n');

interface Language {
  readonly program: string;
  readonly watch: string;
  readonly send: string;
  readonly ask: string;
}

const NODE: Language = {
  program: process.execPath,
  watch: 'node/watch-events.mjs',
  send: 'node/send-mail.mjs',
  ask: 'node/ask-availability.mjs',
};
const PYTHON: Language = {
  program: 'python3',
  watch: 'python/watch_events.py',
  send: 'python/send_mail.py',
  ask: 'python/ask_availability.py',
};

describe('A program of another team, as user visitor', () => {
  let shop: Shop;
  const closing = closedAfterAll();

  beforeAll(async () => {
    shop = closing(await Shop.open({ without: ['sms', 'sms-gateway'] }));
  });

  const url = (): string => shop.broker.urlFor('visitor');

  describe.each([
    ['Node', NODE],
    ['Python', PYTHON],
  ])('in %s', (name, { program, watch, send, ask }) => {
    const itRuns = name === 'Python' && !python ? it.skip : it;
    const run = async (script: string, ...args: string[]): Promise<string> => {
      const { stdout } = await promisify(execFile)(program, [join(FOLDER, script), url(), ...args]);
      return stdout;
    };

    itRuns('watches the events of an order', async () => {
      const child = spawn(program, [join(FOLDER, watch), url()], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = new Promise((resolve) => child.once('close', resolve));
      let output = '';
      child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      try {
        await eventually(() => output.includes('Watching.'), { within: 60_000 });
        const { id } = await shop.placeOrder({ KAZOO: 1 });
        const seen = () => output.split('\n').filter((line) => line.endsWith(id));
        await eventually(() =>
          expect(seen().map((line) => line.split(' ')[1])).toEqual(['order.created', 'order.confirmed']),
        );
      } finally {
        child.kill('SIGINT');
        await ended;
      }
    });

    itRuns('has a mail sent', async () => {
      const { email } = aCustomer();
      expect(await run(send, email)).toBe('The task is stored.\n');
      const subjects = async () => {
        const mails = (await shop.mails.all()).filter(({ to }) => to === email);
        return mails.map(({ title }) => title);
      };
      await eventually(async () => expect(await subjects()).toEqual([`Hello from ${name}`]));
    });

    itRuns('asks inventory what is available', async () => {
      expect(await run(ask, 'SOLD-OUT-SOCKS')).toBe('SOLD-OUT-SOCKS 0\n');
    });
  });

  it.each(['node', 'python'])('takes 40 lines at most: %s', (language) => {
    const folder = join(FOLDER, language);
    const lengths = readdirSync(folder).map(
      (file) => readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').length,
    );
    expect(lengths).toHaveLength(3);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(40);
  });
});
