import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { FIRST, LESSONS } from './lessons';

const lessons = Object.keys(LESSONS).sort();

const text = (file: string): string => readFileSync(file, 'utf8');
const pageOf = (lesson: string): string => text(`docs/patterns/${lesson}.md`);
const numberOf = (lesson: string): string => lesson.slice(0, 2);

/** What people come with, as the map calls it. */
const WORDS = [
  ...['work queue', 'prefetch', 'fair dispatch', 'manual acknowledgement', 'persistence', 'fanout', 'direct'],
  ...['topic', 'headers', 'RPC', 'publisher confirms', 'retry ladder', 'TTL', 'dead letters', 'idempotency'],
  ...['burst', 'crash', 'restart', 'length limit', 'monitoring', 'reconnect', 'graceful stop'],
  ...['troubleshooting', 'other brokers', 'other languages'],
];

/** The cells of each concept of the map. */
const mapped = text('docs/patterns/README.md')
  .split('## The map')
  .at(-1)
  ?.split('\n')
  .map((line) => line.split(' | '))
  .filter((cells) => cells.length === 5 && !/concept|---/.test(cells[0] ?? ''));

describe('The course', () => {
  it('is numbered without a gap', () => {
    const numbers = lessons.map((_, index) => String(index + 1).padStart(2, '0'));
    expect(lessons.map(numberOf)).toEqual(numbers);
  });

  it('has a page for each lesson, and no other', () => {
    const pages = readdirSync('docs/patterns').filter((file) => /^\d\d-.*\.md$/.test(file));
    expect(pages.sort()).toEqual(lessons.map((lesson) => `${lesson}.md`));
  });

  it('knows every lesson that is written', () => {
    const written = readdirSync('test/patterns').filter((file) => /^\d\d-.*\.spec\.ts$/.test(file));
    const known = Object.values(LESSONS).flat();
    expect(written.map((file) => `test/patterns/${file}`).filter((file) => !known.includes(file))).toEqual(
      [],
    );
    expect(known.filter((file) => !existsSync(file))).toEqual([]);
    expect(FIRST.filter((lesson) => !lessons.includes(lesson))).toEqual([]);
  });

  it.each(lessons)(
    '%s: the page has a picture, its command, its output, and the tests that it is about',
    (lesson) => {
      const page = pageOf(lesson);
      for (const part of ['```mermaid', `npm run patterns -- ${numberOf(lesson)}\n`, `\n${lesson}\n`])
        expect(page).toContain(part);
      for (const file of LESSONS[lesson] ?? []) expect(page).toContain(`(../../${file})`);
    },
  );

  it.each(lessons)('%s: the page shows the sentences that its tests have', (lesson) => {
    const told = pageOf(lesson).split('\n');
    const titles = (LESSONS[lesson] ?? []).flatMap((file) =>
      [...text(file).matchAll(/^ +it(?:Runs|\.each\(.*\))?\(\s*'(.*)',/gm)].map(([, title = '']) => title),
    );
    /** A title with `%s` stands there with what each case puts in its place. */
    const tells = (line: string, title: string): boolean => {
      const parts = title.split(/%\w/);
      return parts.every((part) => line.includes(part)) && line.endsWith(parts.at(-1) ?? '');
    };
    expect(titles).not.toEqual([]);
    expect(titles.filter((title) => !told.some((line) => line.includes('✓ ') && tells(line, title)))).toEqual(
      [],
    );
  });

  it.each(lessons)('%s: the code on the page is that of its tests', (lesson) => {
    const tests = (LESSONS[lesson] ?? []).map(text).join('\n');
    const lines = [...pageOf(lesson).matchAll(/^```ts\n([\s\S]*?)^```/gm)]
      .flatMap(([, block = '']) => block.split('\n'))
      .map((line) => line.trim());
    expect(lines.filter((line) => !tests.includes(line))).toEqual([]);
  });

  it.each(WORDS)('the map leads from "%s" to a page', (word) => {
    const lessonsOf = mapped?.filter(([concept = '']) => concept.includes(word)).map((cells) => cells[3]);
    expect(lessonsOf).toContainEqual(expect.stringMatching(/\]\(.+\)/));
  });

  it.each(lessons)('%s is found from the map', (lesson) => {
    expect(text('docs/patterns/README.md')).toContain(`(${lesson}.md)`);
  });
});
