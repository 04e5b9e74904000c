import { DomainError } from '@app/service';

export class ProductNotFound extends DomainError {
  readonly code = 'PRODUCT_NOT_FOUND';
  readonly kind = 'not-found';

  constructor(readonly sku: string) {
    super(`There is no product with SKU "${sku}"; GET /products lists them all.`);
  }
}
