import { OrderOverdue } from '@app/contracts';
import { Alerts, Outbox } from '@app/messaging';
import { Database } from '@app/persistence';
import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Selectable, sql } from 'kysely';
import { OrdersSchema, OrdersTable } from './orders.schema';
import { OverdueConfig } from './overdue.config';

const SWEEP_EVERY_MS = 10_000;

/** Where inventory is merely slow, asking again makes more work for it: no more than so many orders are asked for at once. */
const MOST = 100;

type OverdueOrder = Pick<Selectable<OrdersTable>, 'id' | 'version' | 'lines'>;

/**
 * Finds orders that are pending for too long, since an event of theirs was lost, discarded or is a dead letter. Operators are alerted,
 * and inventory is asked for its decision again. Any number of replicas may look at once.
 */
@Injectable()
export class OverdueOrders {
  private readonly logger = new Logger(OverdueOrders.name);

  constructor(
    private readonly database: Database<OrdersSchema>,
    private readonly outbox: Outbox,
    private readonly alerts: Alerts,
    private readonly config: OverdueConfig,
  ) {}

  @Interval(SWEEP_EVERY_MS)
  async sweep(): Promise<void> {
    await this.database.transaction(() => this.remind()).catch((error: unknown) => this.logger.warn(error));
  }

  private async remind(): Promise<void> {
    const overdue = await this.take();
    const [one] = overdue;
    if (one === undefined) return;
    const at = new Date().toISOString();
    for (const { id, version, lines } of overdue)
      await this.outbox.add(OrderOverdue, { orderId: id, version, lines: lines.map(toStockLine), at });
    const count = overdue.length === MOST ? `at least ${MOST}` : overdue.length;
    const text = `Orders that are pending for more than ${this.config.overdueAfterMs / 1_000} s: ${count}, ${one.id} among them. Inventory is asked again.`;
    this.alerts.raise('warning', 'ORDERS_OVERDUE', text, { orders: overdue.map(({ id }) => id) });
  }

  /** Notes that they are reminded of, so that the next look leaves them out until they have waited for as long again. */
  private async take(): Promise<readonly OverdueOrder[]> {
    const before = sql`now() - ${this.config.overdueAfterMs} * interval '1 millisecond'`;
    const { rows } = await sql<OverdueOrder>`
      with overdue as (
        select id from orders
        where status = 'pending' and coalesce(reminded_at, waiting_since) < ${before}
        order by id limit ${MOST} for update skip locked
      )
      update orders set reminders = reminders + 1, reminded_at = now()
      from overdue where orders.id = overdue.id
      returning orders.id, version, lines`.execute(this.database.query);
    return rows;
  }
}

const toStockLine = ({ sku, quantity }: OverdueOrder['lines'][number]) => ({ sku, quantity });
