import { Customer, MAX_LINES, skuOf, StockLine } from '@app/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsDefined,
  ValidateNested,
} from 'class-validator';

/** The body of `POST /orders`. Prices are the catalogue's, never the caller's. */
export class PlaceOrderDto {
  @IsDefined()
  @ValidateNested()
  @Type(() => Customer)
  customer: Customer;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_LINES)
  @ArrayUnique(skuOf, { message: '$property must name each SKU once; add up the quantities' })
  @ValidateNested({ each: true })
  @Type(() => StockLine)
  lines: StockLine[];
}
