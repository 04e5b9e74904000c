import { SeededRandom } from '../support/faults/seeded-random';
import type { FaultKind } from './faults/fault-kind';

/** One fault of a run. Milliseconds since the customers came. */
export interface PlannedFault {
  /** Of its kind. */
  readonly name: string;
  /** What it strikes. */
  readonly part: string;
  readonly atMs: number;
  readonly forMs: number;
  /** From 0 up to 1: what else the fault has to choose, such as how far a clock jumps. */
  readonly choice: number;
}

/**
 * At most two faults last at the same time: one meets the other half done, such as a replica that is killed while the database is
 * away. With three or more, nearly everything would be away nearly always, and little would be left to go wrong.
 */
const AT_ONCE = 2;

/** The first orders flow before anything breaks. */
const FIRST_AFTER_MS = 3_000;

/** Between two faults of one lane. */
const LONGEST_GAP_MS = 6_000;

/** After its last fault a part is left alone for so long, so that it is back, and the next fault meets it at work. */
export const RECOVERY_MS = 4_000;

/** In a short run a fault may take this share of it at most, so that several come. */
const LARGEST_SHARE = 1 / 4;

/**
 * Draws the faults of a run from its seed: the same seed, length and kinds give the same schedule. Every fault ends before the run does.
 * No two that overlap strike the same part, since the end of one would undo the other: a process that hangs cannot be started again.
 * The kinds come from a shuffled deck, so that each comes about as often as any other.
 */
export function drawSchedule(seed: number, lengthMs: number, kinds: readonly FaultKind[]): PlannedFault[] {
  const random = new SeededRandom(seed);
  const lanes = Array.from({ length: AT_ONCE }, () => FIRST_AFTER_MS);
  const deck = new Deck(kinds, random);
  const planned: PlannedFault[] = [];
  for (;;) {
    const lane = lanes.indexOf(Math.min(...lanes));
    const atMs = (lanes[lane] ?? 0) + random.between(0, LONGEST_GAP_MS);
    const fault = deck.draw((kind, part) => fits(planned, { atMs, part }) && draw(kind, part, atMs));
    if (fault === undefined || fault.atMs + fault.forMs > lengthMs) return planned.sort(byTime);
    planned.push(fault);
    lanes[lane] = fault.atMs + fault.forMs;
  }

  function draw({ name, seconds: [shortest, longest] }: FaultKind, part: string, atMs: number): PlannedFault {
    const most = Math.max(shortest, Math.min(longest, (lengthMs / 1_000) * LARGEST_SHARE));
    const forMs = Math.round((shortest + random.next() * (most - shortest)) * 1_000);
    return { name, part, atMs, forMs, choice: random.next() };
  }
}

const byTime = (one: PlannedFault, other: PlannedFault): number => one.atMs - other.atMs;

/** Whether the part has been left alone for long enough. */
const fits = (
  planned: readonly PlannedFault[],
  { atMs, part }: Pick<PlannedFault, 'atMs' | 'part'>,
): boolean => planned.every((other) => other.part !== part || other.atMs + other.forMs + RECOVERY_MS <= atMs);

/** Every kind with every part that it strikes, shuffled; made anew when it is empty. */
class Deck {
  private cards: (readonly [FaultKind, string])[] = [];

  constructor(
    private readonly kinds: readonly FaultKind[],
    private readonly random: SeededRandom,
  ) {}

  /** The first card that can be played; those that cannot stay on top. Undefined where none can. */
  draw(play: (kind: FaultKind, part: string) => PlannedFault | false): PlannedFault | undefined {
    const cards = [...this.cards, ...this.shuffled()];
    for (const [index, card] of cards.entries()) {
      const played = play(...card);
      if (played === false) continue;
      // Of the second deck, nothing was needed where the first had a card.
      const needed = index < this.cards.length ? this.cards : cards;
      this.cards = needed.toSpliced(index, 1);
      return played;
    }
    return undefined;
  }

  private shuffled(): Deck['cards'] {
    return this.random.shuffled(
      this.kinds.flatMap((kind) => kind.parts.map((part) => [kind, part] as const)),
    );
  }
}
