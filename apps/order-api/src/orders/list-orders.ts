import { InvalidRequest } from '@app/service';
import { Injectable } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { ListOrdersDto } from './list-orders.dto';
import { OrderPage } from './order-page';
import { Orders } from './orders';

/** Pages through the orders. A cursor stays right while new orders come in, as it names an order and not a number. */
@Injectable()
export class ListOrders {
  constructor(private readonly orders: Orders) {}

  /** @throws InvalidRequest for a cursor that is not one of ours */
  async execute({ status, limit, cursor }: ListOrdersDto): Promise<OrderPage> {
    const before = cursor === undefined ? undefined : decode(cursor);
    const found = await this.orders.list({ status, before, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last !== undefined ? encode(last.id) : null };
  }
}

const encode = (orderId: string): string => Buffer.from(orderId).toString('base64url');

function decode(cursor: string): string {
  const orderId = Buffer.from(cursor, 'base64url').toString();
  if (isUuid(orderId)) return orderId;
  throw new InvalidRequest([{ path: 'cursor', message: 'cursor must be the nextCursor of a page' }]);
}
