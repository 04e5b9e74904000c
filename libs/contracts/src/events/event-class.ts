import { Exchange } from '../exchanges/exchanges';
import { Money } from './money';

/** What an event is about: an order, or a product. */
export type EventData = { orderId: string } | { sku: string };

/** A class that describes an event: its type (which is also its routing key), its exchange, and with class-validator its data. */
export interface EventClass<Data extends EventData = EventData> {
  readonly type: string;
  readonly exchange: Exchange;
  new (): Data;
}

/** The CloudEvents `subject`: the order id, or the SKU where the event is about a product. */
export function subjectOf(data: EventData): string {
  return 'orderId' in data ? data.orderId : data.sku;
}

/** AMQP headers that repeat what a tool may want to see without reading the body: the currency of an order's total. */
export function headersOf(data: EventData & { total?: Money }): Record<string, string> {
  return data.total === undefined ? {} : { currency: data.total.currency };
}
