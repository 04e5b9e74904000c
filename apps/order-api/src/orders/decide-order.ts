import { PermanentError } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { ChangeOrder } from './change-order';
import { Orders } from './orders';

/** News of an order that was never placed here: no retry will make it known. */
export class UnknownOrder extends PermanentError {
  override readonly code = 'UNKNOWN_ORDER';

  constructor(readonly orderId: string) {
    super(`There is no order ${orderId}.`);
  }
}

/** Confirms or rejects a pending order; news that is late, of an order that was cancelled meanwhile, changes nothing. */
@Injectable()
export class DecideOrder {
  constructor(
    private readonly changeOrder: ChangeOrder,
    private readonly orders: Orders,
  ) {}

  /** @throws UnknownOrder */
  async execute(orderId: string, decision: 'confirmed' | 'rejected', reason?: string): Promise<void> {
    const changed = await this.changeOrder.execute(orderId, decision, reason);
    if (!changed && !(await this.orders.exists(orderId))) throw new UnknownOrder(orderId);
  }
}
