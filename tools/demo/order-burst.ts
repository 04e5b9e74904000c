import { setTimeout as sleep } from 'node:timers/promises';
import { call, read } from '../../infra/http';
import type { OrderAnswer } from './answers';
import type { BurstTarget } from './burst';
import { messagesDone } from './messages-done';

/** Orders that wait for their answers at the same time. */
const AT_ONCE = 50;

/** There are a million of it. */
const LINES = [{ sku: 'PAPER-CLIP', quantity: 1 }];

/** It was received, and it was confirmed. */
const NEWS_OF_AN_ORDER = 2;

/** The order API asks for a second, too, in `Retry-After`. */
const BUSY_MS = 1_000;

/** Many orders, placed as fast as they are accepted. */
export class OrderBurst {
  /** How many were accepted so far. */
  accepted = 0;
  /** Milliseconds from the first request to the last answer; undefined before that. */
  tookMs?: number;
  private begun = 0;

  constructor(
    private readonly target: Pick<BurstTarget, 'orderApiUrl' | 'tellers'>,
    readonly orders: number,
  ) {}

  /** @throws Error with the answer to an order that was not accepted */
  async place(): Promise<void> {
    const began = performance.now();
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, this.orders) }, () => this.placeInTurn()));
    this.tookMs = performance.now() - began;
  }

  /** Whether every order is decided. */
  async isDecided(): Promise<boolean> {
    const url = `${this.target.orderApiUrl}/orders?status=pending&limit=1`;
    const { items } = await read<{ items: OrderAnswer[] }>(url);
    return items.length === 0;
  }

  /** How many of its events each of the services that tell customers has still to handle. */
  async untold(): Promise<number[]> {
    const done = await Promise.all(this.target.tellers.map(messagesDone));
    return done.map((count) => Math.max(0, NEWS_OF_AN_ORDER * this.orders - count));
  }

  private async placeInTurn(): Promise<void> {
    while (this.begun < this.orders) {
      this.begun += 1;
      await this.placeOne(this.begun);
      this.accepted += 1;
    }
  }

  /** An order API that is too busy (`503`) is asked again. */
  private async placeOne(number: number): Promise<void> {
    const url = `${this.target.orderApiUrl}/orders`;
    const customer = { name: 'Ada Lovelace', email: `ada-${number}@example.com`, phone: '+15005550001' };
    for (;;) {
      const { status, body } = await call<unknown>(url, { method: 'POST', body: { customer, lines: LINES } });
      if (status === 201) return;
      if (status !== 503) throw new Error(`${url}: ${status} ${JSON.stringify(body)}`);
      await sleep(BUSY_MS);
    }
  }
}
