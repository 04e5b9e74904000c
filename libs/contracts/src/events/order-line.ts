import { IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import { Money } from './money';
import { IsPlainText } from './plain-text';
import { IsNested } from './nested';

/** The most pieces of one product that an order line may ask for. */
export const MAX_QUANTITY = 1_000;

/** The most lines that an order may have. */
export const MAX_LINES = 100;

/** How many pieces of which product. */
export class StockLine {
  @IsPlainText()
  @MaxLength(64)
  sku: string;

  @IsInt()
  @Min(1)
  @Max(MAX_QUANTITY)
  quantity: number;
}

/** A line of an order, with the name and price that the product had when it was ordered. */
export class OrderLine extends StockLine {
  @IsString()
  @IsNotEmpty()
  name: string;

  @IsNested(() => Money)
  unitPrice: Money;
}

/** A line that could not be reserved, and what was left of its product. */
export class Shortage extends StockLine {
  @IsInt()
  @Min(0)
  available: number;
}

/** What makes a line unique in an order; tolerates what is not a line, which is another rule's to report. */
export const skuOf = (line: StockLine | null | undefined): string | undefined => line?.sku;
