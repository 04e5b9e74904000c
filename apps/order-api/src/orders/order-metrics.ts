import { Database } from '@app/persistence';
import { gaugesAtScrape } from '@app/service';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Counter, Registry } from 'prom-client';
import { OrderStatus } from './order';
import { OrdersSchema } from './orders.schema';

/** So many orders that wait are enough to see that something is wrong. */
const MOST_COUNTED = 10_000;

interface Pending {
  readonly orders: number;
  readonly age_seconds: number;
}

/** Counts orders by the states that they come to, and tells how many wait for inventory, and since when. */
@Injectable()
export class OrderMetrics {
  private readonly orders: Counter<'status'>;

  constructor(
    registry: Registry,
    private readonly database: Database<OrdersSchema>,
  ) {
    this.orders = new Counter({
      name: 'orders_total',
      help: 'Orders that this process has brought to a state; `pending` are those that it has accepted.',
      labelNames: ['status'],
      registers: [registry],
    });
    const help = {
      orders_pending: `Orders that wait for inventory, counted no further than ${MOST_COUNTED}.`,
      orders_pending_oldest_age_seconds: 'Seconds that the oldest of them has waited; 0 where there is none.',
    };
    gaugesAtScrape(registry, help, async () => {
      const { orders, age_seconds } = await this.pending();
      return { orders_pending: orders, orders_pending_oldest_age_seconds: age_seconds };
    });
  }

  /** Once the running transaction has committed. */
  cameTo(status: OrderStatus, orders = 1): void {
    this.database.afterCommit(() => this.orders.inc({ status }, orders));
  }

  /** The ids are in the order of time. */
  private async pending(): Promise<Pending> {
    const { rows } = await sql<Pending>`
      with pending as (
        select waiting_since from orders where status = 'pending' order by id limit ${MOST_COUNTED}
      )
      select count(*)::int as orders,
             coalesce(extract(epoch from now() - min(waiting_since)), 0)::float8 as age_seconds
      from pending`.execute(this.database.query);
    return rows[0] ?? { orders: 0, age_seconds: 0 };
  }
}
