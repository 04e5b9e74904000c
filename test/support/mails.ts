import { OrderCancelled, OrderConfirmed } from '@app/contracts';
import { deliveryKey, OnEvent } from '@app/messaging';
import { currentContext } from '@app/service';
import { Injectable } from '@nestjs/common';

/** A confirmation as its handler got it. */
export interface Attempt {
  readonly order: OrderConfirmed;
  /** Of `performance.now()`. */
  readonly at: number;
  /** The context and the delivery's key that the handler could see. */
  readonly surroundings: unknown;
}

/** A subscriber that sends no mail: it remembers what it was called with, and does what the test wants. */
@Injectable()
export class Mails {
  readonly attempts: Attempt[] = [];
  readonly cancellations: OrderCancelled[] = [];
  /** What becomes of a confirmation at its first, second, … attempt. */
  act: (orderId: string, attempt: number) => Promise<void> = succeed;

  @OnEvent(OrderConfirmed)
  async confirmed(order: OrderConfirmed): Promise<void> {
    const surroundings = { ...currentContext(), key: deliveryKey() };
    this.attempts.push({ order, at: performance.now(), surroundings });
    await this.act(order.orderId, this.timesOf(order.orderId).length);
  }

  @OnEvent(OrderCancelled)
  cancelled(order: OrderCancelled): Promise<void> {
    this.cancellations.push(order);
    return Promise.resolve();
  }

  get orders(): OrderConfirmed[] {
    return this.attempts.map(({ order }) => order);
  }

  get orderIds(): string[] {
    return this.orders.map(({ orderId }) => orderId);
  }

  /** When a confirmation was attempted. */
  timesOf(orderId: string): number[] {
    return this.attempts.filter(({ order }) => order.orderId === orderId).map(({ at }) => at);
  }

  /** Forgets all, and succeeds from now on. */
  reset(): void {
    this.attempts.length = this.cancellations.length = 0;
    this.act = succeed;
  }
}

const succeed = (): Promise<void> => Promise.resolve();
