import { QueueBacklog } from './queue-backlog';

const LIMIT_MS = 60_000;

describe(QueueBacklog.name, () => {
  /** What it says of a queue that is looked at every ten seconds. */
  const sut = (looks: readonly (readonly [messages: number, consumers: number])[]) => {
    const backlog = new QueueBacklog(LIMIT_MS);
    return looks.map(([messages, consumers], index) =>
      backlog.observe({ messages, consumers }, index * 10_000),
    );
  };
  const seven = [0, 1, 2, 3, 4, 5, 6];

  it('says nothing of an empty queue without a consumer', () => {
    expect(sut(seven.map(() => [0, 0]))).not.toContainEqual(expect.any(String));
  });

  it('says nothing of a long queue that gets shorter, or stays as it is', () => {
    expect(sut(seven.map((look) => [1_000 - Math.min(look, 3), 1]))).not.toContainEqual(expect.any(String));
  });

  it('tells of messages without a consumer after a minute, and not before', () => {
    const told = sut(seven.map(() => [80, 0]));
    expect(told.slice(0, 6)).not.toContainEqual(expect.any(String));
    expect(told[6]).toBe('80 messages and no consumer');
  });

  it('tells of a queue that grew for a minute', () => {
    expect(sut([...seven, 7].map((look) => [look * 10, 1])).at(-1)).toBe('70 messages and more at each look');
  });

  it('begins anew when a consumer is back, or the queue has got shorter', () => {
    const interrupted = [...seven.slice(1).map(() => [80, 0] as const), [80, 1] as const, [80, 0] as const];
    expect(sut(interrupted)).not.toContainEqual(expect.any(String));
  });
});
