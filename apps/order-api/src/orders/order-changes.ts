import { EventClass, OrderCancelled, OrderConfirmed, OrderRejected } from '@app/contracts';
import { Outbox } from '@app/messaging';
import { Database } from '@app/persistence';
import { runInContext, WorkContext } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Selectable, sql } from 'kysely';
import { OrderStatus } from './order';
import { OrderMetrics } from './order-metrics';
import { OrdersSchema, OrdersTable } from './orders.schema';

/** A step of an order to its next state. */
export interface OrderChange {
  /** In lower case, as PostgreSQL writes it. */
  readonly orderId: string;
  readonly status: Exclude<OrderStatus, 'pending'>;
  readonly reason?: string;
  /** The work that the change comes from; the running one where it is not said. */
  readonly context?: WorkContext;
}

const EVENT: Readonly<Record<OrderChange['status'], EventClass<OrderConfirmed>>> = {
  confirmed: OrderConfirmed,
  rejected: OrderRejected,
  cancelled: OrderCancelled,
};

type ChangedOrder = Pick<Selectable<OrdersTable>, 'id' | 'version' | 'customer' | 'total'> & {
  readonly at: Date;
};

/** Brings orders to their next states and publishes an event of each. */
@Injectable()
export class OrderChanges {
  constructor(
    private readonly database: Database<OrdersSchema>,
    private readonly outbox: Outbox,
    private readonly metrics: OrderMetrics,
  ) {}

  /**
   * Takes part in the running transaction. An order whose state does not allow the step (any more) stays as it is.
   * @param changes at most one for each order
   * @returns the ids of the orders that have changed
   */
  async make(changes: readonly OrderChange[]): Promise<ReadonlySet<string>> {
    const changed = await this.update(changes);
    for (const change of changes) {
      const order = changed.get(change.orderId);
      if (order === undefined) continue;
      this.metrics.cameTo(change.status);
      const told = () => this.tell(change, order);
      await (change.context === undefined ? told() : runInContext(change.context, told));
    }
    return new Set(changed.keys());
  }

  /**
   * One guarded statement: of two changes at once, the second finds the state that the first has made. The rows are locked
   * in one order, so that no two transactions wait for each other in a circle.
   */
  private async update(changes: readonly OrderChange[]): Promise<Map<string, ChangedOrder>> {
    const ids = changes.map(({ orderId }) => orderId);
    const { rows } = await sql<ChangedOrder>`
      with locked as (
        select id from orders where id = any(${ids}::uuid[]) order by id for update
      ), changed as (
        update orders set status = change.status, version = version + 1
        from locked
        join unnest(
          ${ids}::uuid[],
          ${changes.map(({ status }) => status)}::text[],
          ${changes.map(({ reason }) => reason ?? null)}::text[]
        ) as change (id, status, reason) using (id)
        where orders.id = locked.id and (orders.status, change.status) in (
          ('pending', 'confirmed'), ('pending', 'rejected'), ('pending', 'cancelled'), ('confirmed', 'cancelled')
        )
        returning orders.id, version, orders.status, change.reason, customer, total, now() as at
      ), noted as (
        insert into order_history (order_id, version, status, reason, at)
        select id, version, status, reason, at from changed
      )
      select id, version, customer, total, at from changed`.execute(this.database.query);
    return new Map(rows.map((row) => [row.id, row]));
  }

  private tell({ orderId, status, reason }: OrderChange, order: ChangedOrder): Promise<void> {
    const { version, customer, total, at } = order;
    return this.outbox.add(EVENT[status], {
      orderId,
      version,
      customer,
      total,
      reason,
      at: at.toISOString(),
    });
  }
}
