import { received } from '../../../../../test/support/received';
import { Handler } from '../../pipeline/handler';
import { callHandlers } from './call-handlers';

describe(callHandlers.name, () => {
  const calls: string[] = [];
  const handler = (name: string): Handler => ({
    name,
    handle: (messages) => {
      calls.push(`${name}: ${messages.map(({ id }) => id).join(' ')}`);
      return Promise.resolve(messages.map(({ id }) => (id === 'bad' ? { refused: new Error(id) } : 'done')));
    },
  });
  const [first, second] = [handler('first'), handler('second')];
  const message = (id: string, by: Handler) => ({ ...received({ id }), handler: by });
  beforeEach(() => (calls.length = 0));

  it('hands neighbours to their handler together, and never out of order', async () => {
    await callHandlers([message('1', first), message('2', first), message('3', second), message('4', first)]);
    expect(calls).toEqual(['first: 1 2', 'second: 3', 'first: 4']);
  });

  it('answers with the outcome of each message, in their order', async () => {
    const outcomes = await callHandlers([message('1', first), message('bad', second), message('3', first)]);
    expect(outcomes).toEqual(['done', { refused: new Error('bad') }, 'done']);
  });
});
