import { IsPlainText } from '@app/contracts';
import { MaxLength } from 'class-validator';

/** Which product, in a path. */
export class ProductParams {
  @IsPlainText()
  @MaxLength(64)
  sku: string;
}
