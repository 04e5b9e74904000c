import { Shortage, StockRejected, StockReserved } from '@app/contracts';
import { EventOutcome, OnEvents, ReceivedEvent } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { DecideOrders, OrderDecision } from './decide-orders';

type StockDecision = ReceivedEvent<typeof StockReserved | typeof StockRejected>;

/** What the inventory's decisions mean for orders. All of a batch together, which is one statement. */
@Injectable()
export class StockDecisions {
  constructor(private readonly decideOrders: DecideOrders) {}

  @OnEvents(StockReserved, StockRejected)
  decided(decisions: readonly StockDecision[]): Promise<readonly EventOutcome[]> {
    return this.decideOrders.execute(decisions.map(inOrderTerms));
  }
}

/** PostgreSQL writes UUIDs in lower case, and an order is found by its id in memory too. */
function inOrderTerms({ type, data, context }: StockDecision): OrderDecision {
  const orderId = data.orderId.toLowerCase();
  if (type === StockReserved.type) return { orderId, status: 'confirmed', context };
  const reason = `Out of stock: ${data.shortages.map(inWords).join(', ')}`;
  return { orderId, status: 'rejected', reason, context };
}

const inWords = ({ sku, quantity, available }: Shortage): string =>
  `${sku} (${quantity} ordered, ${available} available)`;
