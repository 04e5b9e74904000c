import { Shortage, StockLow, StockRejected, StockReleased, StockReserved } from '@app/contracts';
import { Alerts, Outbox } from '@app/messaging';
import { runInContext } from '@app/service';
import { Injectable } from '@nestjs/common';
import { Decision } from './allocation';

/** Tells what was decided, in the context of the request that it was decided for. */
@Injectable()
export class StockNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly alerts: Alerts,
  ) {}

  async tell(decisions: readonly Decision[]): Promise<void> {
    for (const decision of decisions) {
      await runInContext(decision.request.context, () => this.publish(decision));
    }
  }

  private async publish(decision: Decision): Promise<void> {
    const at = new Date().toISOString();
    const news = { orderId: decision.request.orderId, lines: decision.lines, at };
    switch (decision.kind) {
      case 'reserved':
        await this.outbox.add(StockReserved, news);
        for (const low of decision.low) await this.tellLow({ ...low, at });
        break;
      case 'rejected':
        await this.outbox.add(StockRejected, { ...news, shortages: decision.shortages });
        break;
      case 'told again':
        await this.tellAgain(news, decision.shortages);
        break;
      case 'released':
        await this.outbox.add(StockReleased, news);
    }
  }

  private async tellAgain(news: StockReserved, shortages?: Shortage[]): Promise<void> {
    if (shortages === undefined) await this.outbox.add(StockReserved, news);
    else await this.outbox.add(StockRejected, { ...news, shortages });
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
