import { table } from './table';

describe(table.name, () => {
  it('makes columns as wide as their widest cell, and leaves no space at the end', () => {
    expect(
      table([
        ['QUEUE', 'MESSAGES'],
        ['email_tasks', '7'],
      ]),
    ).toBe('QUEUE         MESSAGES\nemail_tasks   7');
  });
});
