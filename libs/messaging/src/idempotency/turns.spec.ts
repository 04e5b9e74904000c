import { latch } from '../../../../test/support/messaging-harness';
import { Turns } from './turns';

describe(Turns.name, () => {
  it('runs work of one key one after the other, also after one that failed, and of other keys meanwhile', async () => {
    const sut = new Turns();
    const { held, release } = latch();
    const ended: string[] = [];
    const work =
      (name: string, before = Promise.resolve()) =>
      async () => {
        await before;
        ended.push(name);
      };
    const first = sut.run('order 1', async () => {
      await held;
      throw new Error('refused');
    });
    const second = sut.run('order 1', work('order 1, second'));
    await sut.run('order 2', work('order 2'));
    expect(ended).toEqual(['order 2']);
    release();
    await expect(first).rejects.toThrow('refused');
    await second;
    expect(ended).toEqual(['order 2', 'order 1, second']);
  });
});
