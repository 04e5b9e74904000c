import { Injectable } from '@nestjs/common';
import { Answer, Idempotency } from '../idempotency/idempotency';
import { OrderWithHistory } from './order';
import { PlaceOrder } from './place-order';
import { PlaceOrderDto } from './place-order.dto';

/** Places an order, and under a key only once, however often the caller asks. */
@Injectable()
export class PlaceOrderOnce {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly placeOrder: PlaceOrder,
  ) {}

  async execute(body: PlaceOrderDto, key?: string): Promise<Answer<OrderWithHistory>> {
    if (key === undefined) return { answer: await this.placeOrder.execute(body), replayed: false };
    return this.idempotency.once(key, body, () => this.placeOrder.execute(body));
  }
}
