import { OrderCreated, Shortage, StockLine, StockLow, StockRejected, StockReserved } from '@app/contracts';
import { Alerts, Outbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { Reservations } from './reservations';
import { Stock, StockLevel } from './stock';

/**
 * Reserves every line of an order, or none, and says which. Runs in the transaction of the message that asks for it.
 * An order that was decided or cancelled before changes nothing.
 */
@Injectable()
export class ReserveStock {
  constructor(
    private readonly reservations: Reservations,
    private readonly stock: Stock,
    private readonly outbox: Outbox,
    private readonly alerts: Alerts,
  ) {}

  async execute({ orderId, lines: ordered }: OrderCreated): Promise<void> {
    const lines = ordered.map(({ sku, quantity }) => ({ sku, quantity }));
    if (!(await this.reservations.open(orderId, lines))) return;
    const levels = await this.stock.lock(lines.map(({ sku }) => sku));
    const shortages = lines.flatMap((line) => shortageOf(line, levels));
    const at = new Date().toISOString();
    if (shortages.length > 0) {
      await this.reservations.reject(orderId);
      await this.outbox.add(StockRejected, { orderId, lines, shortages, at });
      return;
    }
    await this.stock.reserve(lines);
    await this.outbox.add(StockReserved, { orderId, lines, at });
    for (const low of lines.flatMap((line) => lowOf(line, levels, at))) await this.tellLow(low);
  }

  private async tellLow(low: StockLow): Promise<void> {
    await this.outbox.add(StockLow, low);
    this.alerts.raise(
      'warning',
      'STOCK_LOW',
      `${low.sku}: ${low.available} left, fewer than ${low.threshold}`,
    );
  }
}

/** A product that inventory does not know has nothing available. */
function shortageOf({ sku, quantity }: StockLine, levels: ReadonlyMap<string, StockLevel>): Shortage[] {
  const available = levels.get(sku)?.available ?? 0;
  return available < quantity ? [{ sku, quantity, available }] : [];
}

/** Told once, when this reservation takes the product below its threshold. */
function lowOf(
  { sku, quantity }: StockLine,
  levels: ReadonlyMap<string, StockLevel>,
  at: string,
): StockLow[] {
  const level = levels.get(sku);
  if (level === undefined) return [];
  const available = level.available - quantity;
  const fell = level.available >= level.lowThreshold && available < level.lowThreshold;
  return fell ? [{ sku, available, threshold: level.lowThreshold, at }] : [];
}
