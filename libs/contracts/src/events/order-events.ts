import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  Min,
} from 'class-validator';
import { ORDER_EVENTS } from '../exchanges/exchanges';
import { Customer } from './customer';
import { Money } from './money';
import { MAX_LINES, OrderLine, skuOf, StockLine } from './order-line';
import { IsNested, IsNestedList } from './nested';

/** What every event of an order tells. */
abstract class OrderEvent {
  static readonly exchange = ORDER_EVENTS;

  @IsUUID()
  orderId: string;

  /** The order's version after this event; it grows by one with each change, so that old news can be told from new. */
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  version: number;
}

/** An event that a customer hears of. */
abstract class OrderNews extends OrderEvent {
  @IsNested(() => Customer)
  customer: Customer;

  @IsNested(() => Money)
  total: Money;
}

/** An order was accepted and waits for its stock. */
export class OrderCreated extends OrderNews {
  static readonly type = 'order.created';

  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_LINES)
  @ArrayUnique(skuOf, { message: '$property must name each SKU once' })
  @IsNestedList(() => OrderLine)
  lines: OrderLine[];

  @IsISO8601({ strict: true })
  createdAt: string;
}

/** What every later change of an order tells. */
abstract class OrderChanged extends OrderNews {
  /** Why, in words that a customer may read. */
  @IsOptional()
  @IsString()
  reason?: string;

  @IsISO8601({ strict: true })
  at: string;
}

/** The stock of the whole order is reserved. */
export class OrderConfirmed extends OrderChanged {
  static readonly type = 'order.confirmed';
}

/** The order cannot be served; nothing is reserved for it. */
export class OrderRejected extends OrderChanged {
  static readonly type = 'order.rejected';
}

/** The customer no longer wants the order. */
export class OrderCancelled extends OrderChanged {
  static readonly type = 'order.cancelled';
}

/**
 * An order has waited for its stock for longer than it should, and asks for the decision again. It is no change of the order: its version
 * is that of the last one, and the customer hears nothing of it.
 */
export class OrderOverdue extends OrderEvent {
  static readonly type = 'order.overdue';

  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_LINES)
  @ArrayUnique(skuOf, { message: '$property must name each SKU once' })
  @IsNestedList(() => StockLine)
  lines: StockLine[];

  @IsISO8601({ strict: true })
  at: string;
}
