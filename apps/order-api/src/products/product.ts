import { IsNested, Money } from '@app/contracts';
import { IsString } from 'class-validator';

/** What the shop sells. */
export class Product {
  @IsString()
  sku: string;

  @IsString()
  name: string;

  @IsNested(() => Money)
  price: Money;
}
