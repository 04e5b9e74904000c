import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsInt,
  IsISO8601,
  IsNotEmpty,
  IsString,
  IsUUID,
  Min,
} from 'class-validator';
import { INVENTORY_EVENTS } from '../exchanges/exchanges';
import { MAX_LINES, Shortage, StockLine } from './order-line';
import { IsNestedList } from './nested';

/** What every event of the inventory tells. */
abstract class InventoryEvent {
  static readonly exchange = INVENTORY_EVENTS;

  @IsISO8601({ strict: true })
  at: string;
}

/** An inventory event that answers an order. */
abstract class OrderStockEvent extends InventoryEvent {
  @IsUUID()
  orderId: string;

  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_LINES)
  @IsNestedList(() => StockLine)
  lines: StockLine[];
}

/** Every line of the order is reserved. */
export class StockReserved extends OrderStockEvent {
  static readonly type = 'stock.reserved';
}

/** At least one line could not be reserved, so none is. */
export class StockRejected extends OrderStockEvent {
  static readonly type = 'stock.rejected';

  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_LINES)
  @IsNestedList(() => Shortage)
  shortages: Shortage[];
}

/** What was reserved for a cancelled order is available again. */
export class StockReleased extends OrderStockEvent {
  static readonly type = 'stock.released';
}

/** A product fell below its threshold. */
export class StockLow extends InventoryEvent {
  static readonly type = 'stock.low';

  @IsString()
  @IsNotEmpty()
  sku: string;

  @IsInt()
  @Min(0)
  available: number;

  @IsInt()
  @Min(0)
  threshold: number;
}
