import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsString, ValidateNested } from 'class-validator';
import { Order } from './order';

/** A page of orders, newest first. */
export class OrderPage {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Order)
  items: Order[];

  /** Asks for the next page; null on the last. */
  @IsOptional()
  @IsString()
  nextCursor: string | null;
}
