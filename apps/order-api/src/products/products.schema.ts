export interface ProductsSchema {
  products: {
    sku: string;
    name: string;
    /** Minor units. */
    price_amount: number;
    price_currency: string;
  };
}
