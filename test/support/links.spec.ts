import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CHECKOUT } from '../../infra/environment';

const FOLDERS = ['docs', 'apps', 'libs', 'infra', 'tools', 'test', 'bench'];

interface Link {
  readonly text: string;
  readonly target: string;
}

const pages = [
  ...readdirSync(CHECKOUT),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(join(CHECKOUT, folder), { recursive: true }).map((file) => join(folder, String(file))),
  ),
].filter((file) => file.endsWith('.md'));

const read = (page: string): string => readFileSync(join(CHECKOUT, page), 'utf8');

/** What fenced blocks show are no links and no headings. */
const prose = (page: string): string => read(page).replaceAll(/^```[\s\S]*?^```/gm, '');

/** Those to places of this repository. */
const linksOf = (page: string): Link[] =>
  [...prose(page).matchAll(/\[([^\]]*)\]\(([^)\s]+)\)/g)]
    .map(([, text = '', target = '']) => ({ text, target }))
    .filter(({ target }) => !/^[a-z]+:/.test(target));

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): string[] =>
  [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\d\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );

const fileOf = (page: string, target: string): string => {
  const [file = ''] = target.split('#');
  return file === '' ? page : join(dirname(page), file);
};

describe('The links of the documentation', () => {
  it('are found', () => {
    expect(linksOf('docs/guarantees.md').length).toBeGreaterThan(100);
    expect(anchorsOf('docs/guarantees.md')).toContain('7-a-clean-stop');
  });

  it.each(pages)('of %s lead to files that exist', (page) => {
    const broken = linksOf(page).filter(({ target }) => !existsSync(join(CHECKOUT, fileOf(page, target))));
    expect(broken).toEqual([]);
  });

  it.each(pages)('of %s lead to headings that exist', (page) => {
    const broken = linksOf(page).filter(({ target }) => {
      const [, anchor] = target.split('#');
      const file = fileOf(page, target);
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it.each(pages)('of %s lead to the file that they name', (page) => {
    const wrong = linksOf(page).filter(({ text, target }) => {
      const [, named] = /^`([\w.-]+\.(?:ts|js|mjs|md|json|yml|http))`$/.exec(text) ?? [];
      return named !== undefined && named !== basename(fileOf(page, target));
    });
    expect(wrong).toEqual([]);
  });
});
