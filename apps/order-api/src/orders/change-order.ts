import { EventClass, OrderCancelled, OrderConfirmed, OrderRejected } from '@app/contracts';
import { Outbox } from '@app/messaging';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { Selectable, sql } from 'kysely';
import { OrderStatus } from './order';
import { OrdersSchema, OrdersTable } from './orders.schema';

type FinalStatus = Exclude<OrderStatus, 'pending'>;

/** From which states an order may come to this one; from any other, the news changes nothing. */
const FROM: Readonly<Record<FinalStatus, readonly OrderStatus[]>> = {
  confirmed: ['pending'],
  rejected: ['pending'],
  cancelled: ['pending', 'confirmed'],
};

const EVENT: Readonly<Record<FinalStatus, EventClass<OrderConfirmed>>> = {
  confirmed: OrderConfirmed,
  rejected: OrderRejected,
  cancelled: OrderCancelled,
};

type ChangedOrder = Pick<Selectable<OrdersTable>, 'version' | 'customer' | 'total'> & { readonly at: Date };

/** Brings an order to its next state and tells everybody, in one transaction. */
@Injectable()
export class ChangeOrder {
  constructor(
    private readonly database: Database<OrdersSchema>,
    private readonly outbox: Outbox,
  ) {}

  /** Resolves with false when the order's state does not allow it (any more), or there is no such order. */
  async execute(orderId: string, status: FinalStatus, reason?: string): Promise<boolean> {
    return this.database.transaction(async () => {
      const changed = await this.change(orderId, status, reason);
      if (changed === undefined) return false;
      const { version, customer, total, at } = changed;
      await this.outbox.add(EVENT[status], {
        orderId,
        version,
        customer,
        total,
        reason,
        at: at.toISOString(),
      });
      return true;
    });
  }

  /** One guarded statement: of two changes at once, the second finds the state that the first has made. */
  private async change(
    orderId: string,
    status: FinalStatus,
    reason?: string,
  ): Promise<ChangedOrder | undefined> {
    const { rows } = await sql<ChangedOrder>`
      with changed as (
        update orders set status = ${status}, version = version + 1
        where id = ${orderId} and status = any(${FROM[status]})
        returning id, version, customer, total, now() as at
      ), noted as (
        insert into order_history (order_id, version, status, reason, at)
        select id, version, ${status}, ${reason ?? null}, at from changed
      )
      select version, customer, total, at from changed`.execute(this.database.query);
    return rows[0];
  }
}
