import type { AvailableProduct, Product } from './product';

export const PRODUCT: Product = {
  sku: 'RUBBER-CHICKEN',
  name: 'Rubber chicken',
  price: { amount: 999, currency: 'EUR' },
};

export const AVAILABLE_PRODUCT: AvailableProduct = { ...PRODUCT, available: 498 };
