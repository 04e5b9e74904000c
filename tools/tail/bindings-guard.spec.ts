import type { Difference } from '@app/broker-admin';
import { BindingsGuard, ServiceUnbound } from './bindings-guard';

const difference = (kind: Difference['kind']): Difference => ({ kind, text: `Queue q: ${kind}` });

describe(BindingsGuard.name, () => {
  it('goes on as long as every queue is bound: what is missing otherwise, the services notice themselves', async () => {
    const end = new AbortController();
    let looks = 0;
    const check = () => {
      looks += 1;
      if (looks === 3) end.abort();
      return Promise.resolve([difference('missing'), difference('differs'), difference('bound too much')]);
    };
    await new BindingsGuard(check, fail, 1).until(end.signal);
    expect(looks).toBe(3);
  });

  it('ends where one is not, and names it', async () => {
    const differences: Difference[] = [];
    const sut = new BindingsGuard(() => Promise.resolve(differences), fail, 1);
    const ended = sut.until(new AbortController().signal);
    differences.push(difference('unbound'));
    await expect(ended).rejects.toThrow(ServiceUnbound);
    await expect(ended).rejects.toThrow(/^Queue q: unbound\n/);
  });

  it('gives a queue that was missing one look more to be bound', async () => {
    const end = new AbortController();
    const answers = [[difference('missing')], [difference('unbound')], []];
    const check = () => {
      if (answers.length === 1) end.abort();
      return Promise.resolve(answers.shift() ?? []);
    };
    await expect(new BindingsGuard(check, fail, 1).until(end.signal)).resolves.toBeUndefined();
  });

  it('ends where it is not bound then', async () => {
    const answers = [[difference('missing')], [difference('unbound')], [difference('unbound')]];
    const sut = new BindingsGuard(() => Promise.resolve(answers.shift() ?? []), fail, 1);
    await expect(sut.until(new AbortController().signal)).rejects.toThrow(ServiceUnbound);
    expect(answers).toEqual([]);
  });

  it('says once that it cannot look, and looks again', async () => {
    const said: string[] = [];
    const answers = [new Error('No answer.'), new Error('No answer.'), [difference('unbound')]];
    const check = () => {
      const answer = answers.shift() ?? [];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    };
    const ended = new BindingsGuard(check, (line) => said.push(line), 1).until(new AbortController().signal);
    await expect(ended).rejects.toThrow(ServiceUnbound);
    expect(said).toEqual(['The bindings are not looked at. No answer.']);
  });

  function fail(line: string): void {
    throw new Error(line);
  }
});
