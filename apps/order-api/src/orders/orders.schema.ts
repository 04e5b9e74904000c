import { Customer, Money, OrderLine } from '@app/contracts';
import { ColumnType, Generated } from 'kysely';
import { OrderStatus } from './order';

/** A document: read as an object, written as its text. */
type Json<T> = ColumnType<T, string, never>;

export interface OrdersTable {
  id: string;
  version: Generated<number>;
  status: Generated<OrderStatus>;
  customer: Json<Customer>;
  lines: Json<OrderLine[]>;
  total: Json<Money>;
  created_at: Date;
  /** By the clock of the database, unlike `created_at`. */
  waiting_since: Generated<Date>;
  /** How often inventory was asked again. */
  reminders: Generated<number>;
  reminded_at: Generated<Date | null>;
}

export interface OrderHistoryTable {
  order_id: string;
  version: number;
  status: OrderStatus;
  reason: string | null;
  at: Generated<Date>;
}

export interface OrdersSchema {
  orders: OrdersTable;
  order_history: OrderHistoryTable;
}
