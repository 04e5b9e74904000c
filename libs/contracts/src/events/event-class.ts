import { Exchange } from '../exchanges/exchanges';
import { VersionedType } from './data-schema';
import { Money } from './money';

/** What an event is about: an order, and maybe which version of it, or a product. */
export type EventData = { orderId: string; version?: number } | { sku: string };

/** A class that describes an event: its type (which is also its routing key), its exchange, and with class-validator its data. */
export interface EventClass<Data extends EventData = EventData> extends VersionedType {
  readonly exchange: Exchange;
  /** The major version before this one. A handler of this class then gets its events too, lifted to this version. */
  readonly previous?: PreviousVersion;
  new (): Data;
}

/** A major version of an event, and how its data becomes data of the next one. */
export interface PreviousVersion<Old extends EventData = EventData, New extends EventData = EventData> {
  readonly eventClass: EventClass<Old>;
  lift(data: Old): New;
}

/** The CloudEvents `subject`: the order id, or the SKU where the event is about a product. */
export function subjectOf(data: EventData): string {
  return 'orderId' in data ? data.orderId : data.sku;
}

/** An order as it is after one of its changes. */
export interface OrderVersion {
  readonly orderId: string;
  readonly version: number;
}

/**
 * What news of an order tells of; undefined for an event that tells of no version, such as those of the inventory. The id is in lower
 * case, as PostgreSQL writes UUIDs, for an order is found by it in memory too.
 */
export function orderVersionOf(data: EventData): OrderVersion | undefined {
  if (!('orderId' in data) || data.version === undefined) return undefined;
  return { orderId: data.orderId.toLowerCase(), version: data.version };
}

/** AMQP headers that repeat what a tool may want to see without reading the body: the currency of an order's total. */
export function headersOf(data: EventData & { total?: Money }): Record<string, string> {
  return data.total === undefined ? {} : { currency: data.total.currency };
}
