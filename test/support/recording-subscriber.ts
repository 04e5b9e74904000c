import { OrderCancelled, OrderConfirmed } from '@app/contracts';
import { idempotencyKey, OnEvent } from '@app/messaging';
import { currentContext } from '@app/service';
import { Injectable } from '@nestjs/common';

type Act = (orderId: string, attempt: number) => Promise<unknown>;

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
export class RecordingSubscriber {
  readonly attempts: Attempt[] = [];
  readonly cancellations: OrderCancelled[] = [];
  /** What becomes of a confirmation at its first, second, … attempt. */
  act: Act = succeed;
  /** The same for single orders. */
  private readonly acts = new Map<string, (attempt: number) => Promise<unknown>>();

  @OnEvent(OrderConfirmed)
  async confirmed(order: OrderConfirmed): Promise<void> {
    const surroundings = { ...currentContext(), key: idempotencyKey() };
    this.attempts.push({ order, at: performance.now(), surroundings });
    const { orderId } = order;
    const attempt = this.timesOf(orderId).length;
    await (this.acts.get(orderId)?.(attempt) ?? this.act(orderId, attempt));
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

  /** Says what becomes of this order. */
  when(orderId: string, act: (attempt: number) => Promise<unknown>): void {
    this.acts.set(orderId, act);
  }

  /** Forgets all, and succeeds from now on. */
  forget(): void {
    this.attempts.length = this.cancellations.length = 0;
    this.act = succeed;
    this.acts.clear();
  }
}

const succeed = (): Promise<void> => Promise.resolve();
