import { OrderCreated } from '@app/contracts';
import { Outbox } from '@app/messaging';
import { Database, GroupCommit } from '@app/persistence';
import { currentContext, runInContext, WorkContext } from '@app/service';
import { Injectable } from '@nestjs/common';
import { OrderMetrics } from './order-metrics';
import { NewOrder, Orders } from './orders';

/** A new order, and the context of the request that it comes from. */
interface Intake {
  readonly order: NewOrder;
  readonly context: WorkContext | undefined;
}

/** Two groups: one is written while the other commits. A request waits 3 s in all: 1 s for its prices, 2 s here. */
const GROUPS = { max: 200, underWay: 2, waitLimitMs: 2_000 };

/** Commits the orders of requests that come at the same time together: one transaction, and one wait for the disk, for all of them. */
@Injectable()
export class OrderIntake {
  private readonly groups = new GroupCommit((group: readonly Intake[]) => this.commitAll(group), GROUPS);

  constructor(
    private readonly database: Database,
    private readonly orders: Orders,
    private readonly outbox: Outbox,
    private readonly metrics: OrderMetrics,
  ) {}

  /**
   * Resolves once the order and its event are committed. Inside a transaction, such as that of an idempotency key, the
   * order belongs to that one and shares it with no other request.
   * @throws Overloaded, DatabaseUnavailable, StatementTimedOut, Deadlocked
   */
  commit(order: NewOrder): Promise<NewOrder> {
    return this.groups.add({ order, context: currentContext() });
  }

  /** One transaction in which orders are written and the outbox gets their events, each in the context of its own request. */
  private commitAll(group: readonly Intake[]): Promise<NewOrder[]> {
    const orders = group.map(({ order }) => order);
    return this.database.transaction(async () => {
      for (const { order, context } of group) {
        await this.orders.add(order);
        await runInContext(context, () => this.outbox.add(OrderCreated, createdEvent(order)));
      }
      this.metrics.cameTo('pending', orders.length);
      return orders;
    });
  }
}

const createdEvent = ({ id, ...order }: NewOrder): OrderCreated => ({ orderId: id, version: 1, ...order });
