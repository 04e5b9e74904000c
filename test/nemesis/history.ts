import type { Order } from '../support/shop/order';

/** A request of a customer, and what came of it. Times are in milliseconds since 1970. */
interface Asked {
  readonly begunAt: number;
  readonly endedAt: number;
  /** Undefined: there was no answer. */
  readonly status?: number;
  /** The order, where the answer shows it. */
  readonly order?: Order;
}

/** `POST /orders`. */
export interface Placing extends Asked {
  /** The mail address of the customer, who wants one order in their life, however often they ask for it. */
  readonly customer: string;
  /** The `Idempotency-Key`. */
  readonly key?: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

/** `POST /orders/:id/cancel`, or `GET /orders/:id`. */
export interface Visit extends Asked {
  readonly kind: 'cancel' | 'read';
  readonly orderId: string;
}

/** A fault that happened. */
export interface FaultRecord {
  readonly name: string;
  readonly part: string;
  /** From before it was there until after it had ended. */
  readonly begunAt: number;
  readonly endedAt: number;
}

/** A message that could not be handled, and was given back to its queue by the operator. */
export interface Redriven {
  readonly queue: string;
  readonly messageId: string;
  readonly reason: string;
  readonly at: number;
}

/** All that the customers, the nemesis and the operator did during a run. */
export interface History {
  readonly placings: readonly Placing[];
  readonly visits: readonly Visit[];
  readonly faults: readonly FaultRecord[];
  readonly redriven: readonly Redriven[];
}

/** The history while it is written. */
export class Recorder implements History {
  readonly placings: Placing[] = [];
  readonly visits: Visit[] = [];
  readonly faults: FaultRecord[] = [];
  readonly redriven: Redriven[] = [];
}
