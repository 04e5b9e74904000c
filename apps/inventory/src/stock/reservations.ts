import { Shortage, StockLine } from '@app/contracts';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Selectable, sql } from 'kysely';
import { StockRequest } from './stock-request';
import { InventorySchema, ReservationStatus, ReservationsTable } from './stock.schema';

type ReservationRow = Pick<Selectable<ReservationsTable>, 'status' | 'lines' | 'shortages'>;

/** What was decided for an order. */
export interface Reservation {
  readonly status: ReservationStatus;
  readonly lines: StockLine[];
  /** Why a rejected order was. */
  readonly shortages?: Shortage[];
}

/** A reservation that is other than its row says. */
export interface CorrectedReservation extends Reservation {
  readonly orderId: string;
}

/** What was decided for each order. One row per order: the process that inserts it first decides, and the others wait and take that decision. */
@Injectable()
export class Reservations {
  constructor(private readonly database: Database<InventorySchema>) {}

  /**
   * Locks the rows of these orders until the transaction ends, and resolves with those that were there before, by order id. An order
   * that has none gets one, for the insert is its lock: before anything is decided, it says what the first request for the order
   * would have, reserved or cancelled. Where it is decided otherwise, `correct` changes that.
   */
  async claim(requests: readonly StockRequest[]): Promise<Map<string, Reservation>> {
    const firsts = new Map<string, StockRequest>();
    for (const request of requests) {
      if (!firsts.has(request.orderId)) firsts.set(request.orderId, request);
    }
    const inserted = await this.insert([...firsts.values()]);
    const there = [...firsts.keys()].filter((orderId) => !inserted.has(orderId));
    return there.length === 0 ? new Map() : this.lock(there);
  }

  /** Writes what was decided otherwise than the rows say; each order at most once. */
  async correct(corrected: readonly CorrectedReservation[]): Promise<void> {
    if (corrected.length === 0) return;
    await sql`
      update reservations set status = corrected.status, shortages = corrected.shortages
      from unnest(
        ${corrected.map(({ orderId }) => orderId)}::uuid[], ${corrected.map(({ status }) => status)}::text[],
        ${corrected.map(({ shortages }) => (shortages === undefined ? null : JSON.stringify(shortages)))}::jsonb[]
      ) as corrected (order_id, status, shortages)
      where reservations.order_id = corrected.order_id`.execute(this.database.query);
  }

  /** Waits for others who insert the same order. Rows go in sorted, so that no two transactions wait for each other in a circle. */
  private async insert(requests: readonly StockRequest[]): Promise<Set<string>> {
    const claims = requests.map((request) => ({
      order_id: request.orderId,
      ...(request.kind === 'release'
        ? { status: 'cancelled', lines: [] }
        : { status: 'reserved', lines: request.lines }),
    }));
    const { rows } = await sql<{ order_id: string }>`
      insert into reservations (order_id, status, lines)
      select order_id, status, lines
      from jsonb_to_recordset(${JSON.stringify(claims)}) as claims (order_id uuid, status text, lines jsonb)
      order by order_id
      on conflict do nothing
      returning order_id`.execute(this.database.query);
    return new Set(rows.map(({ order_id }) => order_id));
  }

  private async lock(orderIds: readonly string[]): Promise<Map<string, Reservation>> {
    const rows = await this.database.query
      .selectFrom('reservations')
      .select(['order_id', 'status', 'lines', 'shortages'])
      .where('order_id', '=', sql<string>`any(${orderIds}::uuid[])`)
      .orderBy('order_id')
      .forUpdate()
      .execute();
    return new Map(rows.map((row) => [row.order_id, reservationOf(row)]));
  }
}

/** For an order that was rejected before shortages were kept, the numbers are not known, and it says none. */
function reservationOf({ status, lines, shortages }: ReservationRow): Reservation {
  if (status !== 'rejected') return { status, lines };
  return { status, lines, shortages: shortages ?? lines.map((line) => ({ ...line, available: 0 })) };
}
