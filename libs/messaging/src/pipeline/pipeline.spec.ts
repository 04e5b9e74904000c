import { Pipeline } from './pipeline';
import { Outcome, Step } from './step';

describe(Pipeline.name, () => {
  const seen: string[] = [];
  const step = (name: string): Step<string> => ({
    async handle(messages, next) {
      seen.push(`into ${name}`);
      const outcomes = await next(messages);
      seen.push(`out of ${name}`);
      return outcomes;
    },
  });
  const length: Step<string, number> = {
    handle: (messages, next) => next(messages.map((text) => text.length)),
  };
  const done = (messages: readonly unknown[]): Promise<readonly Outcome[]> =>
    Promise.resolve(messages.map(() => 'done'));
  beforeEach(() => (seen.length = 0));

  it('enters its steps in their order, and leaves them in the opposite one', async () => {
    const sut = Pipeline.from<string>().through(step('first')).through(step('second')).to(done);
    await expect(sut(['a', 'b'])).resolves.toEqual(['done', 'done']);
    expect(seen).toEqual(['into first', 'into second', 'out of second', 'out of first']);
  });

  it('hands on what a step has made of the messages', async () => {
    const last = jest.fn(done);
    await Pipeline.from<string>().through(length).to(last)(['four']);
    expect(last).toHaveBeenCalledWith([4]);
  });

  it('passes an error on through the steps before', async () => {
    const sut = Pipeline.from<string>()
      .through(step('first'))
      .to(() => Promise.reject(new Error('late')));
    await expect(sut(['a'])).rejects.toThrow('late');
    expect(seen).toEqual(['into first']);
  });
});
