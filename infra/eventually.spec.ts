import { eventually } from './eventually';

describe(eventually.name, () => {
  it('returns the first answer that is not false', async () => {
    const answers = [false, false, 'there'];
    await expect(eventually(() => answers.shift() ?? 'none', { every: 1 })).resolves.toBe('there');
    expect(answers).toEqual([]);
  });

  it('takes a condition that throws for one that is not fulfilled yet', async () => {
    let looks = 0;
    await eventually(() => expect(++looks).toBe(3), { every: 1 });
    expect(looks).toBe(3);
  });

  it('fails when the condition is not fulfilled in time, and says what was waited for', async () => {
    const waiting = eventually(() => false, { what: 'Godot', within: 20, every: 1 });
    await expect(waiting).rejects.toMatchObject({
      code: 'NOT_IN_TIME',
      message: 'Waited 0.02 s for Godot, in vain.',
    });
  });

  it('says what was wrong at last', async () => {
    let looks = 0;
    const failing = (): never => {
      throw new Error(`look ${(looks += 1)}`);
    };
    const waiting = eventually(failing, { within: 20, every: 1 });
    const error: unknown = await waiting.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringContaining(`At last: look ${looks}`) });
    expect(error).toMatchObject({ cause: { message: `look ${looks}` } });
  });
});
