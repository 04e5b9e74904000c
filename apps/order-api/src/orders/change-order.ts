import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { OrderChange, OrderChanges } from './order-changes';

/** Brings one order to its next state and publishes that, in one transaction. */
@Injectable()
export class ChangeOrder {
  constructor(
    private readonly database: Database,
    private readonly orderChanges: OrderChanges,
  ) {}

  /** Resolves with false when the order's state does not allow it (any more), or there is no such order. */
  async execute(orderId: string, status: OrderChange['status'], reason?: string): Promise<boolean> {
    const change = { orderId: orderId.toLowerCase(), status, reason };
    const changed = await this.database.transaction(() => this.orderChanges.make([change]));
    return changed.size === 1;
  }
}
