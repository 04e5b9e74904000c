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

/**
 * What becomes of a request. `cancelled`: a cancellation that overtook its order and is remembered. `told again`: what was decided
 * before stands, and is told once more; with shortages where the order was rejected.
 */
export type Decision =
  | (Outcome<'reserved'> & { readonly low: readonly Omit<StockLow, 'at'>[] })
  | (Outcome<'rejected'> & { readonly shortages: Shortage[] })
  | Outcome<'released'>
  | Outcome<'cancelled'>
  | (Outcome<'told again'> & { readonly shortages?: Shortage[] })
  | Outcome<'unchanged'>;

type Levels = ReadonlyMap<string, StockLevel>;

/** What the decisions start from: levels by SKU, reservations by order id. */
export interface StockState {
  readonly levels: Levels;
  readonly reservations: ReadonlyMap<string, Reservation>;
}

/** Decides one request after the other, each by what those before it have left. A pure function: what it starts from stays as it is. */
export function allocate(
  requests: readonly StockRequest[],
  { levels, reservations }: StockState,
): Decision[] {
  const left = new Map(levels);
  const reserved = new Map(reservations);
  return requests.map((request) => {
    const decision = decide(request, { levels: left, reservations: reserved });
    const reservation = reservationBy(decision);
    if (reservation !== undefined) reserved.set(request.orderId, reservation);
    for (const [sku, change] of reservedChanges([decision])) {
      const level = left.get(sku);
      if (level !== undefined) left.set(sku, { ...level, available: level.available - change });
    }
    return decision;
  });
}

/** What the decision makes of the order's reservation; undefined where it stays as it is. */
export function reservationBy(decision: Decision): Reservation | undefined {
  const { kind: status, lines } = decision;
  if (status === 'unchanged' || status === 'told again') return undefined;
  return status === 'rejected' ? { status, lines, shortages: decision.shortages } : { status, lines };
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

function decide(request: StockRequest, { levels, reservations }: StockState): Decision {
  const reservation = reservations.get(request.orderId);
  if (request.kind === 'release') return release(request, reservation);
  if (reservation === undefined) return reserve(request, request.lines, levels);
  return request.kind === 'remind' ? tellAgain(request, reservation) : unchanged(request);
}

function release(request: StockRequest, reservation: Reservation | undefined): Decision {
  if (reservation === undefined) return { kind: 'cancelled', request, lines: [] };
  if (reservation.status === 'reserved') return { kind: 'released', request, lines: reservation.lines };
  return unchanged(request);
}

function reserve(request: StockRequest, lines: StockLine[], levels: Levels): Decision {
  const shortages = lines.flatMap((line) => shortageOf(line, levels));
  if (shortages.length > 0) return { kind: 'rejected', request, lines, shortages };
  return { kind: 'reserved', request, lines, low: lines.flatMap((line) => lowOf(line, levels)) };
}

/** An order that is cancelled waits for no decision. */
function tellAgain(request: StockRequest, { status, lines, shortages }: Reservation): Decision {
  if (status === 'reserved') return { kind: 'told again', request, lines };
  if (status === 'rejected') return { kind: 'told again', request, lines, shortages };
  return unchanged(request);
}

const unchanged = (request: StockRequest): Decision => ({ kind: 'unchanged', request, lines: [] });

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
