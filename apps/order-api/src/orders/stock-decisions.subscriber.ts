import { Shortage, StockRejected, StockReserved } from '@app/contracts';
import { OnEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { DecideOrder } from './decide-order';

/** What the inventory's decisions mean for an order. */
@Injectable()
export class StockDecisions {
  constructor(private readonly decideOrder: DecideOrder) {}

  @OnEvent(StockReserved)
  reserved({ orderId }: StockReserved): Promise<void> {
    return this.decideOrder.execute(orderId, 'confirmed');
  }

  @OnEvent(StockRejected)
  rejected({ orderId, shortages }: StockRejected): Promise<void> {
    return this.decideOrder.execute(
      orderId,
      'rejected',
      `Out of stock: ${shortages.map(inWords).join(', ')}`,
    );
  }
}

const inWords = ({ sku, quantity, available }: Shortage): string =>
  `${sku} (${quantity} ordered, ${available} available)`;
