import { markdownTable, textTable } from './table';

const ROWS = [
  ['', 'accepted/s'],
  ['ours', '858'],
  ['bare', '16,500'],
];

describe(textTable.name, () => {
  it('lets figures end at the same place', () => {
    expect(textTable(ROWS)).toBe(['       accepted/s', 'ours          858', 'bare       16,500'].join('\n'));
  });
});

describe(markdownTable.name, () => {
  it('is a table of Markdown', () => {
    expect(markdownTable(ROWS)).toBe(
      ['|  | accepted/s |', '| --- | ---: |', '| ours | 858 |', '| bare | 16,500 |'].join('\n'),
    );
  });
});
