import { DomainError } from '@app/service';
import { OrderStatus } from './order';

export class OrderNotFound extends DomainError {
  readonly code = 'ORDER_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly orderId: string) {
    super(`There is no order ${orderId}.`);
  }
}

export class OrderNotCancellable extends DomainError {
  readonly code = 'ORDER_NOT_CANCELLABLE';
  readonly kind = 'conflict';

  constructor(
    readonly orderId: string,
    readonly status: OrderStatus,
  ) {
    super(`Order ${orderId} is ${status}; only a pending or confirmed order can be cancelled.`);
  }
}
