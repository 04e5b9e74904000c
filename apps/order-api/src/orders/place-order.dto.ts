import { Customer, IsNested, IsNestedList, MAX_LINES, skuOf, StockLine } from '@app/contracts';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique } from 'class-validator';

/** The body of `POST /orders`. Prices are the catalogue's, never the caller's. */
export class PlaceOrderDto {
  @IsNested(() => Customer)
  customer: Customer;

  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_LINES)
  @ArrayUnique(skuOf, { message: '$property must name each SKU once; add up the quantities' })
  @IsNestedList(() => StockLine)
  lines: StockLine[];
}
