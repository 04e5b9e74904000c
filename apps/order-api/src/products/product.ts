import { IsNested, Money } from '@app/contracts';
import { IsNullable } from '@app/service';
import { IsInt, IsString } from 'class-validator';

/** What the shop sells. */
export class Product {
  @IsString()
  sku: string;

  @IsString()
  name: string;

  @IsNested(() => Money)
  price: Money;
}

/** A product with what inventory says of it. */
export class AvailableProduct extends Product {
  /** Pieces that can be ordered now; null when inventory did not answer in time. */
  @IsNullable()
  @IsInt()
  available: number | null;
}
