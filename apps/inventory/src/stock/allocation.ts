import { Shortage, StockLine, StockLow } from '@app/contracts';
import { Reservation } from './reservations';
import { StockLevel } from './stock';
import { StockRequest } from './stock-request';

interface Outcome<Kind extends string> {
  readonly kind: Kind;
  readonly request: StockRequest;
  /** What is reserved, released or refused; nothing for the other kinds. */
  readonly lines: StockLine[];
}

/** What becomes of a request. `cancelled`: a cancellation that overtook its order and is remembered. */
export type Decision =
  | (Outcome<'reserved'> & { readonly low: readonly Omit<StockLow, 'at'>[] })
  | (Outcome<'rejected'> & { readonly shortages: Shortage[] })
  | Outcome<'released'>
  | Outcome<'cancelled'>
  | Outcome<'unchanged'>;

type Levels = ReadonlyMap<string, StockLevel>;

/** What the decisions start from: levels by SKU, reservations by order id. */
export interface Books {
  readonly levels: Levels;
  readonly reservations: ReadonlyMap<string, Reservation>;
}

/** Decides one request after the other, each by what those before it have left. A pure function: the books stay as they are. */
export function allocate(requests: readonly StockRequest[], { levels, reservations }: Books): Decision[] {
  const left = new Map(levels);
  const reserved = new Map(reservations);
  return requests.map((request) => {
    const decision = decide(request, { levels: left, reservations: reserved });
    const { kind, lines } = decision;
    if (kind !== 'unchanged') reserved.set(request.orderId, { status: kind, lines });
    for (const [sku, change] of reservedChanges([decision])) {
      const level = left.get(sku);
      if (level !== undefined) left.set(sku, { ...level, available: level.available - change });
    }
    return decision;
  });
}

/** By how many pieces what is reserved of each product grows, or shrinks where the number is negative. */
export function reservedChanges(decisions: readonly Decision[]): Map<string, number> {
  const changes = new Map<string, number>();
  for (const { kind, lines } of decisions) {
    const sign = kind === 'reserved' ? 1 : kind === 'released' ? -1 : 0;
    for (const { sku, quantity } of lines) changes.set(sku, (changes.get(sku) ?? 0) + sign * quantity);
  }
  return new Map([...changes].filter(([, change]) => change !== 0));
}

function decide(request: StockRequest, { levels, reservations }: Books): Decision {
  const reservation = reservations.get(request.orderId);
  if (request.kind === 'release') {
    if (reservation === undefined) return { kind: 'cancelled', request, lines: [] };
    if (reservation.status === 'reserved') return { kind: 'released', request, lines: reservation.lines };
  } else if (reservation === undefined) {
    const { lines } = request;
    const shortages = lines.flatMap((line) => shortageOf(line, levels));
    if (shortages.length > 0) return { kind: 'rejected', request, lines, shortages };
    return { kind: 'reserved', request, lines, low: lines.flatMap((line) => lowOf(line, levels)) };
  }
  return { kind: 'unchanged', request, lines: [] };
}

/** A product that inventory does not know has nothing available. */
function shortageOf({ sku, quantity }: StockLine, levels: Levels): Shortage[] {
  const available = levels.get(sku)?.available ?? 0;
  return available < quantity ? [{ sku, quantity, available }] : [];
}

/** Told once, when this reservation takes the product below its threshold. */
function lowOf({ sku, quantity }: StockLine, levels: Levels): Omit<StockLow, 'at'>[] {
  const level = levels.get(sku);
  if (level === undefined) return [];
  const available = level.available - quantity;
  const fell = level.available >= level.lowThreshold && available < level.lowThreshold;
  return fell ? [{ sku, available, threshold: level.lowThreshold }] : [];
}
