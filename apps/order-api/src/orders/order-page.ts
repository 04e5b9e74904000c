import { IsNestedList } from '@app/contracts';
import { IsNullable } from '@app/service';
import { IsString } from 'class-validator';
import { Order } from './order';

/** A page of orders, newest first. */
export class OrderPage {
  @IsNestedList(() => Order)
  items: Order[];

  /** Asks for the next page; null on the last. */
  @IsNullable()
  @IsString()
  nextCursor: string | null;
}
