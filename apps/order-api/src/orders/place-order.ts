import { Money, OrderLine } from '@app/contracts';
import { OutboxBackpressure } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Catalogue } from '../products/catalogue';
import { OrderWithHistory } from './order';
import { OrderIntake } from './order-intake';
import { NewOrder } from './orders';
import { PlaceOrderDto } from './place-order.dto';

/** Accepts an order: once this resolves, the order and its event are committed together, and nothing can lose them. */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly backpressure: OutboxBackpressure,
    private readonly catalogue: Catalogue,
    private readonly intake: OrderIntake,
  ) {}

  /** @throws OutboxFull, UnknownProducts, Overloaded, DatabaseUnavailable, StatementTimedOut, Deadlocked */
  async execute({ customer, lines: wanted }: PlaceOrderDto): Promise<OrderWithHistory> {
    this.backpressure.assertRoom();
    const lines = await this.catalogue.price(wanted);
    const order = {
      id: uuidv7(),
      customer,
      lines,
      total: totalOf(lines),
      createdAt: new Date().toISOString(),
    };
    await this.intake.commit(order);
    return pending(order);
  }
}

const pending = (order: NewOrder): OrderWithHistory => ({
  ...order,
  version: 1,
  status: 'pending',
  history: [{ version: 1, status: 'pending', at: order.createdAt }],
});

/** Everything in the catalogue has one currency. */
function totalOf(lines: readonly OrderLine[]): Money {
  const amount = lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice.amount, 0);
  return { amount, currency: lines[0]?.unitPrice.currency ?? 'EUR' };
}
