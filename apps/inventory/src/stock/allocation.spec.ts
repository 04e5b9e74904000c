import fc from 'fast-check';
import { allocate, type StockState, type Decision, reservationBy, reservedChanges } from './allocation';
import type { Reservation } from './reservations';
import type { StockLevel } from './stock';
import type { StockRequest } from './stock-request';

const context = { correlationId: 'c', traceparent: 't' };
const linesOf = (wish: Record<string, number>) =>
  Object.entries(wish).map(([sku, quantity]) => ({ sku, quantity }));
const reserve = (orderId: string, wish: Record<string, number>): StockRequest => ({
  kind: 'reserve',
  orderId,
  lines: linesOf(wish),
  context,
});
const remind = (orderId: string, wish: Record<string, number>): StockRequest => ({
  kind: 'remind',
  orderId,
  lines: linesOf(wish),
  context,
});
const release = (orderId: string): StockRequest => ({ kind: 'release', orderId, context });

const level = (sku: string, available: number, lowThreshold = 0): StockLevel => ({
  sku,
  onHand: available,
  reserved: 0,
  available,
  lowThreshold,
});
const stateOf = (
  levels: readonly StockLevel[],
  reservations: Record<string, Reservation> = {},
): StockState => ({
  levels: new Map(levels.map((one) => [one.sku, one])),
  reservations: new Map(Object.entries(reservations)),
});

/** What is decided for each request: `reserved YO-YO 2`, `rejected YO-YO 2 of 1`, and `low YO-YO 1` behind it. */
const inWords = (decision: Decision): string => {
  const pieces = decision.lines.map(({ sku, quantity }) => ` ${sku} ${quantity}`).join('');
  const shortages = 'shortages' in decision ? (decision.shortages ?? []) : [];
  const short = shortages.map((it) => ` ${it.sku} ${it.quantity} of ${it.available}`).join('');
  switch (decision.kind) {
    case 'reserved':
      return `reserved${pieces}${decision.low.map(({ sku, available }) => `, low ${sku} ${available}`).join('')}`;
    case 'rejected':
      return `rejected${short}`;
    case 'told again':
      return `told again${pieces}${shortages.length > 0 ? `, short${short}` : ''}`;
    default:
      return `${decision.kind}${pieces}`;
  }
};

interface Case {
  readonly levels: readonly StockLevel[];
  readonly before?: Record<string, Reservation>;
  readonly requests: readonly StockRequest[];
  readonly decisions: readonly string[];
  readonly changes: Record<string, number>;
}

const YO_YO_2 = [{ sku: 'YO-YO', quantity: 2 }];

const CASES: Readonly<Record<string, Case>> = {
  'reserves every line of an order': {
    levels: [level('YO-YO', 5), level('KAZOO', 1)],
    requests: [reserve('a', { 'YO-YO': 2, KAZOO: 1 })],
    decisions: ['reserved YO-YO 2 KAZOO 1'],
    changes: { 'YO-YO': 2, KAZOO: 1 },
  },
  'reserves no line where one is short, and says which and by how much': {
    levels: [level('YO-YO', 5), level('KAZOO', 1)],
    requests: [reserve('a', { 'YO-YO': 2, KAZOO: 3 })],
    decisions: ['rejected KAZOO 3 of 1'],
    changes: {},
  },
  'has none of a product that it does not know': {
    levels: [level('YO-YO', 5)],
    requests: [reserve('a', { 'YO-YO': 1, UNICORN: 1 })],
    decisions: ['rejected UNICORN 1 of 0'],
    changes: {},
  },
  'gives an order what the orders before it have left': {
    levels: [level('YO-YO', 5)],
    requests: [reserve('a', { 'YO-YO': 3 }), reserve('b', { 'YO-YO': 3 }), reserve('c', { 'YO-YO': 2 })],
    decisions: ['reserved YO-YO 3', 'rejected YO-YO 3 of 2', 'reserved YO-YO 2'],
    changes: { 'YO-YO': 5 },
  },
  'gives an order what a cancellation before it has brought back': {
    levels: [level('YO-YO', 0)],
    before: { a: { status: 'reserved', lines: YO_YO_2 } },
    requests: [release('a'), reserve('b', { 'YO-YO': 2 })],
    decisions: ['released YO-YO 2', 'reserved YO-YO 2'],
    changes: {},
  },
  'reserves and releases what is created and cancelled': {
    levels: [level('YO-YO', 2)],
    requests: [reserve('a', { 'YO-YO': 2 }), release('a')],
    decisions: ['reserved YO-YO 2', 'released YO-YO 2'],
    changes: {},
  },
  'reserves nothing for an order whose cancellation came first': {
    levels: [level('YO-YO', 2)],
    requests: [release('a'), reserve('a', { 'YO-YO': 2 })],
    decisions: ['cancelled', 'unchanged'],
    changes: {},
  },
  'reserves nothing for an order whose cancellation was remembered before': {
    levels: [level('YO-YO', 2)],
    before: { a: { status: 'cancelled', lines: [] } },
    requests: [reserve('a', { 'YO-YO': 2 })],
    decisions: ['unchanged'],
    changes: {},
  },
  'releases nothing for an order that was rejected': {
    levels: [level('YO-YO', 1)],
    requests: [reserve('a', { 'YO-YO': 2 }), release('a')],
    decisions: ['rejected YO-YO 2 of 1', 'unchanged'],
    changes: {},
  },
  'changes nothing for an order that comes again, even when there is enough by then': {
    levels: [level('YO-YO', 1)],
    before: { b: { status: 'reserved', lines: YO_YO_2 } },
    requests: [reserve('a', { 'YO-YO': 2 }), release('b'), reserve('a', { 'YO-YO': 2 })],
    decisions: ['rejected YO-YO 2 of 1', 'released YO-YO 2', 'unchanged'],
    changes: { 'YO-YO': -2 },
  },
  'tells a decision again when it is reminded, though there is more or less by then, and changes nothing': {
    levels: [level('YO-YO', 2)],
    requests: [
      reserve('a', { 'YO-YO': 2 }),
      reserve('b', { 'YO-YO': 1 }),
      remind('a', { 'YO-YO': 2 }),
      remind('b', { 'YO-YO': 1 }),
    ],
    decisions: [
      'reserved YO-YO 2',
      'rejected YO-YO 1 of 0',
      'told again YO-YO 2',
      'told again YO-YO 1, short YO-YO 1 of 0',
    ],
    changes: { 'YO-YO': 2 },
  },
  'tells what was decided before': {
    levels: [level('YO-YO', 9)],
    before: {
      a: { status: 'reserved', lines: YO_YO_2 },
      b: { status: 'rejected', lines: YO_YO_2, shortages: [{ sku: 'YO-YO', quantity: 2, available: 1 }] },
    },
    requests: [remind('a', { 'YO-YO': 2 }), remind('b', { 'YO-YO': 2 })],
    decisions: ['told again YO-YO 2', 'told again YO-YO 2, short YO-YO 2 of 1'],
    changes: {},
  },
  'decides a reminder of an order that it has never heard of, once': {
    levels: [level('YO-YO', 3)],
    requests: [remind('a', { 'YO-YO': 2 }), reserve('a', { 'YO-YO': 2 }), remind('b', { 'YO-YO': 2 })],
    decisions: ['reserved YO-YO 2', 'unchanged', 'rejected YO-YO 2 of 1'],
    changes: { 'YO-YO': 2 },
  },
  'has nothing to tell of an order that was cancelled': {
    levels: [level('YO-YO', 2)],
    before: { a: { status: 'released', lines: YO_YO_2 }, b: { status: 'cancelled', lines: [] } },
    requests: [remind('a', { 'YO-YO': 2 }), remind('b', { 'YO-YO': 2 })],
    decisions: ['unchanged', 'unchanged'],
    changes: {},
  },
  'changes nothing for a cancellation that comes again': {
    levels: [level('YO-YO', 1)],
    before: { a: { status: 'reserved', lines: YO_YO_2 }, b: { status: 'released', lines: YO_YO_2 } },
    requests: [release('a'), release('a'), release('b')],
    decisions: ['released YO-YO 2', 'unchanged', 'unchanged'],
    changes: { 'YO-YO': -2 },
  },
  'tells once that a product is low: when a reservation takes it below its threshold': {
    levels: [level('YO-YO', 6, 4)],
    requests: ['a', 'b', 'c', 'd'].map((orderId) => reserve(orderId, { 'YO-YO': 1 })),
    decisions: ['reserved YO-YO 1', 'reserved YO-YO 1', 'reserved YO-YO 1, low YO-YO 3', 'reserved YO-YO 1'],
    changes: { 'YO-YO': 4 },
  },
  'tells it again when it has recovered in between': {
    levels: [level('YO-YO', 4, 4)],
    requests: [reserve('a', { 'YO-YO': 1 }), release('a'), reserve('b', { 'YO-YO': 2 })],
    decisions: ['reserved YO-YO 1, low YO-YO 3', 'released YO-YO 1', 'reserved YO-YO 2, low YO-YO 2'],
    changes: { 'YO-YO': 2 },
  },
  'does not tell it for an order that is rejected': {
    levels: [level('YO-YO', 4, 4)],
    requests: [reserve('a', { 'YO-YO': 5 })],
    decisions: ['rejected YO-YO 5 of 4'],
    changes: {},
  },
};

describe(allocate.name, () => {
  it.each(Object.entries(CASES))('%s', (_, { levels, before, requests, decisions, changes }) => {
    const actual = allocate(requests, stateOf(levels, before));
    expect(actual.map(inWords)).toEqual(decisions);
    expect(actual.map(({ request }) => request)).toEqual(requests);
    expect(Object.fromEntries(reservedChanges(actual))).toEqual(changes);
  });

  it('changes nothing of what it starts from', () => {
    const state = stateOf([level('YO-YO', 5)]);
    allocate([reserve('a', { 'YO-YO': 2 }), release('b')], state);
    expect(state).toEqual(stateOf([level('YO-YO', 5)]));
  });
});

const SKUS = ['YO-YO', 'KAZOO', 'UNICORN'];
const ORDERS = ['a', 'b', 'c', 'd', 'e'];

const levelOf = (sku: string) =>
  fc.tuple(fc.nat(8), fc.nat(8)).map(([pieces, low]) => level(sku, pieces, low));
const shelves = fc.tuple(levelOf('YO-YO'), levelOf('KAZOO'));
const wish = fc.uniqueArray(
  fc.record({ sku: fc.constantFrom(...SKUS), quantity: fc.integer({ min: 1, max: 4 }) }),
  { selector: ({ sku }) => sku, minLength: 1 },
);
const request: fc.Arbitrary<StockRequest> = fc.record({
  kind: fc.constantFrom('reserve' as const, 'release' as const, 'remind' as const),
  orderId: fc.constantFrom(...ORDERS),
  lines: wish,
  context: fc.constant(context),
});

/** The state once the decisions are written down, as the tables have them. */
function written(state: StockState, decisions: readonly Decision[]): StockState {
  const levels = new Map(state.levels);
  for (const [sku, change] of reservedChanges(decisions)) {
    const { available, ...rest } = levels.get(sku) ?? level(sku, 0);
    levels.set(sku, { ...rest, available: available - change });
  }
  const reservations = new Map(state.reservations);
  for (const decision of decisions) {
    const reservation = reservationBy(decision);
    if (reservation !== undefined) reservations.set(decision.request.orderId, reservation);
  }
  return { levels, reservations };
}

describe('any requests', () => {
  it('have together the effects that they have one after the other', () => {
    fc.assert(
      fc.property(shelves, fc.array(request, { maxLength: 20 }), (levels, requests) => {
        const together = allocate(requests, stateOf(levels));
        const oneByOne = requests.reduce<{ state: StockState; decisions: Decision[] }>(
          ({ state, decisions }, one) => {
            const [...next] = allocate([one], state);
            return { state: written(state, next), decisions: [...decisions, ...next] };
          },
          { state: stateOf(levels), decisions: [] },
        );
        expect(together).toEqual(oneByOne.decisions);
        expect(written(stateOf(levels), together)).toEqual(oneByOne.state);
      }),
    );
  });

  it('never take more than there is, nor bring back more than was taken', () => {
    fc.assert(
      fc.property(shelves, fc.array(request, { maxLength: 20 }), (levels, requests) => {
        const changes = reservedChanges(allocate(requests, stateOf(levels)));
        for (const [sku, change] of changes) {
          expect(change).toBeGreaterThanOrEqual(0);
          expect(change).toBeLessThanOrEqual(levels.find((one) => one.sku === sku)?.available ?? 0);
        }
      }),
    );
  });
});
