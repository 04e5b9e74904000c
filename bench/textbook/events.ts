import { randomUUID } from 'node:crypto';

export interface Customer {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
}

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

export interface Order {
  readonly orderId: string;
  readonly customer: Customer;
  readonly lines: readonly Line[];
  readonly total: number;
}

/** A CloudEvent. */
export interface Event<T> {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: T;
}

export const event = <T>(type: string, subject: string, data: T): Event<T> => ({
  ...{ specversion: '1.0', source: '/textbook', time: new Date().toISOString() },
  id: randomUUID(),
  type,
  subject,
  data,
});
