import { DomainError } from '@app/service';

export class UnknownProducts extends DomainError {
  readonly code = 'UNKNOWN_PRODUCTS';
  readonly kind = 'unprocessable';

  constructor(readonly skus: readonly string[]) {
    super(`The catalogue has no ${skus.join(', ')}; GET /products lists what it has.`);
  }
}
