import { Shortage, StockLine } from '@app/contracts';
import { ColumnType, Generated } from 'kysely';

export type ReservationStatus = 'reserved' | 'rejected' | 'released' | 'cancelled';

export interface StockTable {
  sku: string;
  /** On the shelf, what is reserved included. */
  on_hand: number;
  reserved: number;
  /** Below so many available pieces the product counts as low. */
  low_threshold: number;
}

export interface ReservationsTable {
  order_id: string;
  status: ReservationStatus;
  lines: ColumnType<StockLine[], string>;
  /** Why the order was rejected. */
  shortages: ColumnType<Shortage[] | null, string | null>;
  decided_at: Generated<Date>;
}

export interface InventorySchema {
  stock: StockTable;
  reservations: ReservationsTable;
}
