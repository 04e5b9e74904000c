import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { RawBuilder, Selectable, sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { Order, OrderHistoryEntry, OrderStatus, OrderWithHistory } from './order';
import { OrderNotFound } from './order-errors';
import { OrdersSchema, OrdersTable } from './orders.schema';

/** What is known of an order when it is placed. */
export type NewOrder = Pick<Order, 'id' | 'customer' | 'lines' | 'total' | 'createdAt'>;

/** Which orders to show: newest first, those older than the order `before`. */
export interface OrderFilter {
  readonly status?: OrderStatus;
  readonly before?: string;
  readonly limit: number;
}

/** The orders as they are kept. */
@Injectable()
export class Orders {
  constructor(private readonly database: Database<OrdersSchema>) {}

  /** Adds a pending order, and the beginning of its history, right before the running transaction commits. */
  async add(order: NewOrder): Promise<void> {
    await this.database.beforeCommit(insertionOf, order);
  }

  /** @throws OrderNotFound */
  async get(id: string): Promise<OrderWithHistory> {
    const row = await this.database.query
      .selectFrom('orders')
      .selectAll()
      .select((orders) =>
        jsonArrayFrom(
          orders
            .selectFrom('order_history')
            .select(['version', 'status', 'reason', 'at'])
            .whereRef('order_id', '=', 'orders.id')
            .orderBy('version'),
        ).as('history'),
      )
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) throw new OrderNotFound(id);
    return { ...toOrder(row), history: row.history.map(toHistoryEntry) };
  }

  /** Which of these orders there are. */
  async known(ids: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await this.database.query
      .selectFrom('orders')
      .select('id')
      .where('id', '=', sql<string>`any(${ids}::uuid[])`)
      .execute();
    return new Set(rows.map(({ id }) => id));
  }

  async list({ status, before, limit }: OrderFilter): Promise<Order[]> {
    let query = this.database.query.selectFrom('orders').selectAll().orderBy('id', 'desc').limit(limit);
    if (status !== undefined) query = query.where('status', '=', status);
    if (before !== undefined) query = query.where('id', '<', before);
    return (await query.execute()).map(toOrder);
  }
}

/** One statement, whose text does not depend on the number of orders. */
const insertionOf = (orders: readonly NewOrder[]): RawBuilder<unknown> => sql`
  with placed as (
    insert into orders (id, customer, lines, total, created_at)
    select * from unnest(
      ${orders.map(({ id }) => id)}::uuid[], ${orders.map(({ customer }) => JSON.stringify(customer))}::jsonb[],
      ${orders.map(({ lines }) => JSON.stringify(lines))}::jsonb[],
      ${orders.map(({ total }) => JSON.stringify(total))}::jsonb[],
      ${orders.map(({ createdAt }) => createdAt)}::timestamptz[]
    )
    returning id, version, status, created_at
  )
  insert into order_history (order_id, version, status, at)
  select id, version, status, created_at from placed`;

function toOrder({ created_at, ...order }: Selectable<OrdersTable>): Order {
  const { id, version, status, customer, lines, total } = order;
  return { id, version, status, customer, lines, total, createdAt: created_at.toISOString() };
}

function toHistoryEntry(entry: {
  version: number;
  status: OrderStatus;
  reason: string | null;
  at: string;
}): OrderHistoryEntry {
  const { version, status, reason, at } = entry;
  return { version, status, ...(reason !== null && { reason }), at: new Date(at).toISOString() };
}
