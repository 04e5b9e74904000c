import { Money } from '@app/contracts';
import { Type } from 'class-transformer';
import { IsString, ValidateNested } from 'class-validator';

/** What the shop sells. */
export class Product {
  @IsString()
  sku: string;

  @IsString()
  name: string;

  @ValidateNested()
  @Type(() => Money)
  price: Money;
}
