import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { eventually } from '../../infra/eventually';
import { Checkout } from '../support/checkout';

const PAGE = 'docs/patterns/experiments.md';

/** Each wait of the page ends after four minutes at the latest. */
const TIMEOUT_MS = 600_000;

interface Step {
  readonly command: string;
  /** What stands behind the `#`, as a part of a line. */
  readonly seen: string;
}

const stepsOf = (block: string): Step[] =>
  block
    .trim()
    .split('\n')
    .map((line) => line.split(' # '))
    .map(([command = '', seen = '']) => ({ command: command.trim(), seen: seen.trim() }));

const patternOf = (seen: string): RegExp => new RegExp(seen.split(/ ?… ?/).map(escaped).join('.*'));

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The blocks to be tried, by their headings. */
const experiments = readFileSync(PAGE, 'utf8')
  .split('\n## ')
  .flatMap((section): [string, Step[]][] => {
    const [, block] = /^```sh test\n([\s\S]*?)^```/m.exec(section) ?? [];
    const [title = ''] = section.split('\n');
    return block === undefined ? [] : [[title, stepsOf(block)]];
  });

describe('Experiments by hand', () => {
  const checkout = new Checkout();

  beforeAll(() => checkout.start({ QUEUE_MAX_LENGTH: '100' }));
  afterAll(() => checkout.remove());

  /** What the command prints, without the command itself, which npm prints too. */
  const output = async (command: string): Promise<string> => {
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { cwd: checkout.folder });
    return stdout.replaceAll(/^> .*$/gm, '');
  };

  it('are found on their page, and say of each command what one sees', () => {
    expect(experiments).toHaveLength(7);
    expect(experiments.flatMap(([, steps]) => steps).filter(({ seen }) => seen === '')).toEqual([]);
  });

  it.each(experiments)(
    '%s',
    async (_title, steps) => {
      for (const { command, seen } of steps) {
        const isSeen = async (): Promise<void> => expect(await output(command)).toMatch(patternOf(seen));
        // What only looks is repeated until it shows it, as one does by hand.
        if (/ (list|show)/.test(command)) await eventually(isSeen, { within: 60_000, every: 500 });
        else await isSeen();
      }
    },
    TIMEOUT_MS,
  );
});
