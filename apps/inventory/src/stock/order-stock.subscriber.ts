import { OrderCancelled, OrderCreated } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { ReleaseStock } from './release-stock';
import { ReserveStock } from './reserve-stock';

/** What an order means for the stock. */
@Injectable()
export class OrderStock {
  constructor(
    private readonly reserveStock: ReserveStock,
    private readonly releaseStock: ReleaseStock,
  ) {}

  @OnEvent(OrderCreated)
  created(order: OrderCreated): Promise<void> {
    return this.reserveStock.execute(order);
  }

  @OnEvent(OrderCancelled)
  cancelled(order: OrderCancelled): Promise<void> {
    return this.releaseStock.execute(order);
  }
}
