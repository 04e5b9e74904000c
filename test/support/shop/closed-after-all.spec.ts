import { closedAfterAll } from './closed-after-all';

describe(closedAfterAll.name, () => {
  const closed: string[] = [];

  describe('in a describe', () => {
    const closing = closedAfterAll();

    beforeAll(() => {
      const server = closing({ stop: () => Promise.resolve(closed.push('server')) });
      closing({ close: () => closed.push('client'), server });
    });

    it('closes nothing before the tests', () => expect(closed).toEqual([]));
  });

  it('closes all of it after the tests, the last first', () => expect(closed).toEqual(['client', 'server']));
});
