import { received } from '../../../../test/support/received';
import { BatchHandler, OutcomesMissing } from './batch-handler';

describe(BatchHandler.name, () => {
  const [first, second] = [received(), received()];
  const answering = (answer: unknown) => new BatchHandler('OrderStock.decide', () => Promise.resolve(answer));

  it('calls the method once, with what it may know of each event', async () => {
    const method = jest.fn(() => Promise.resolve(['done', 'done']));
    await new BatchHandler('OrderStock.decide', method).handle([first, second]);
    const events = [first, second].map(({ id, type, data, context }) => ({ id, type, data, context }));
    expect(method.mock.calls).toEqual([[events]]);
  });

  it('passes on the outcomes', async () => {
    const outcomes = ['done', { refused: new Error('unknown order') }];
    await expect(answering(outcomes).handle([first, second])).resolves.toEqual(outcomes);
  });

  it.each([[undefined], [['done']], [['done', 'done', 'done']], [['done', 'later']]])(
    'rejects for the answer %j, so that no event counts as done by mistake',
    async (answer) => {
      await expect(answering(answer).handle([first, second])).rejects.toThrow(OutcomesMissing);
    },
  );
});
