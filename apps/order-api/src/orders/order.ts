import { Customer, IsNested, IsNestedList, Money, OrderLine } from '@app/contracts';
import { IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID } from 'class-validator';

/** `pending → confirmed | rejected`, `pending | confirmed → cancelled`. */
export const ORDER_STATUSES = ['pending', 'confirmed', 'rejected', 'cancelled'] as const;

export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An order as callers see it. */
export class Order {
  @IsUUID()
  id: string;

  /** Grows by one with each change of state. */
  @IsInt()
  version: number;

  @IsIn(ORDER_STATUSES)
  status: OrderStatus;

  @IsNested(() => Customer)
  customer: Customer;

  @IsNestedList(() => OrderLine)
  lines: OrderLine[];

  @IsNested(() => Money)
  total: Money;

  @IsISO8601()
  createdAt: string;
}

/** A state that the order was in. */
export class OrderHistoryEntry {
  @IsInt()
  version: number;

  @IsIn(ORDER_STATUSES)
  status: OrderStatus;

  @IsOptional()
  @IsString()
  reason?: string;

  @IsISO8601()
  at: string;
}

/** An order with all the states it was in, oldest first. */
export class OrderWithHistory extends Order {
  @IsNestedList(() => OrderHistoryEntry)
  history: OrderHistoryEntry[];
}
