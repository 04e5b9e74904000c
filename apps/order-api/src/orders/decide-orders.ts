import { EventOutcome, PermanentError } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { OrderChange, OrderChanges } from './order-changes';
import { Orders } from './orders';

/** News of an order that was never placed here: no retry will make it known. */
export class UnknownOrder extends PermanentError {
  override readonly code = 'UNKNOWN_ORDER';

  constructor(readonly orderId: string) {
    super(`There is no order ${orderId}.`);
  }
}

/** What becomes of an order. */
export interface OrderDecision extends OrderChange {
  readonly status: 'confirmed' | 'rejected';
}

/**
 * Confirms or rejects pending orders; a decision that is late, since its order was cancelled meanwhile, changes nothing.
 * Runs in the transaction of the messages that bring the decisions.
 */
@Injectable()
export class DecideOrders {
  constructor(
    private readonly orderChanges: OrderChanges,
    private readonly orders: Orders,
  ) {}

  /** Refuses a decision with `UnknownOrder` where there is no such order. */
  async execute(decisions: readonly OrderDecision[]): Promise<readonly EventOutcome[]> {
    const changed = await this.orderChanges.make(firstOfEachOrder(decisions));
    const ids = decisions.map(({ orderId }) => orderId);
    const known = ids.every((id) => changed.has(id)) ? changed : await this.orders.known(ids);
    return ids.map((id) => (known.has(id) ? 'done' : { refused: new UnknownOrder(id) }));
  }
}

/** After the first decision the order is no longer pending, so a second one would change nothing. */
function firstOfEachOrder(decisions: readonly OrderDecision[]): OrderDecision[] {
  const firsts = new Map<string, OrderDecision>();
  for (const decision of decisions) {
    if (!firsts.has(decision.orderId)) firsts.set(decision.orderId, decision);
  }
  return [...firsts.values()];
}
