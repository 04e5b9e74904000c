import { OrderCancelled, StockReleased } from '@app/contracts';
import { Outbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { Reservations } from './reservations';
import { Stock } from './stock';

/**
 * Gives back what a cancelled order had reserved. A cancellation that overtakes its order is remembered,
 * so that the late order reserves nothing.
 */
@Injectable()
export class ReleaseStock {
  constructor(
    private readonly reservations: Reservations,
    private readonly stock: Stock,
    private readonly outbox: Outbox,
  ) {}

  async execute({ orderId }: OrderCancelled): Promise<void> {
    if (await this.reservations.rememberCancelled(orderId)) return;
    const lines = await this.reservations.release(orderId);
    if (lines === undefined) return;
    await this.stock.lock(lines.map(({ sku }) => sku));
    await this.stock.release(lines);
    await this.outbox.add(StockReleased, { orderId, lines, at: new Date().toISOString() });
  }
}
