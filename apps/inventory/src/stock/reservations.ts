import { StockLine } from '@app/contracts';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { InventorySchema, ReservationStatus } from './stock.schema';

/** What was decided for each order. One row per order: whoever inserts it first decides, the others wait for that and obey. */
@Injectable()
export class Reservations {
  constructor(private readonly database: Database<InventorySchema>) {}

  /** Claims the decision for the order; false when it is decided or cancelled already. */
  async open(orderId: string, lines: readonly StockLine[]): Promise<boolean> {
    return this.insert(orderId, 'reserved', lines);
  }

  async reject(orderId: string): Promise<void> {
    await this.database.query
      .updateTable('reservations')
      .set({ status: 'rejected' })
      .where('order_id', '=', orderId)
      .execute();
  }

  /** Remembers a cancellation that overtook its order; false when the order was here before. */
  async rememberCancelled(orderId: string): Promise<boolean> {
    return this.insert(orderId, 'cancelled', []);
  }

  /** Ends a reservation; resolves with what it held, or undefined when there was nothing (any more) to release. */
  async release(orderId: string): Promise<StockLine[] | undefined> {
    const released = await this.database.query
      .updateTable('reservations')
      .set({ status: 'released' })
      .where('order_id', '=', orderId)
      .where('status', '=', 'reserved')
      .returning('lines')
      .executeTakeFirst();
    return released?.lines;
  }

  private async insert(
    orderId: string,
    status: ReservationStatus,
    lines: readonly StockLine[],
  ): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.database.query
      .insertInto('reservations')
      .values({ order_id: orderId, status, lines: JSON.stringify(lines) })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return numInsertedOrUpdatedRows === 1n;
  }
}
