import type { Claim } from './claim';

/** `undefined`: no answer, since the process was killed, or hangs. */
const EXPECTED = {
  place: [201, 503, undefined],
  cancel: [200, 409, 503, undefined],
  read: [200, 503, undefined],
} as const;

export const answers: Claim = {
  says: 'Whatever breaks, an answer is the right one, 503, or none',
  violations({ history: { placings, visits } }) {
    const all = [...placings.map((placing) => ({ ...placing, kind: 'place' as const })), ...visits];
    return all
      .filter(({ kind, status }) => !EXPECTED[kind].some((expected) => expected === status))
      .map(
        ({ kind, status, begunAt }) =>
          `${kind} was answered with ${status} at ${new Date(begunAt).toISOString()}`,
      );
  },
};
