import { OrderLine, StockLine } from '@app/contracts';
import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Product } from './product';
import { ProductNotFound } from './product-not-found.error';
import { ProductsSchema } from './products.schema';
import { UnknownProducts } from './unknown-products.error';

/** What the shop sells, and for how much. */
@Injectable()
export class Catalogue {
  constructor(private readonly database: Database<ProductsSchema>) {}

  async all(): Promise<Product[]> {
    return (await this.products().orderBy('sku').execute()).map(toProduct);
  }

  /** @throws ProductNotFound */
  async get(sku: string): Promise<Product> {
    const row = await this.products().where('sku', '=', sku).executeTakeFirst();
    if (row === undefined) throw new ProductNotFound(sku);
    return toProduct(row);
  }

  /**
   * The lines with the names and prices that the products have now.
   * @throws UnknownProducts that names every SKU that the catalogue does not have
   */
  async price(lines: readonly StockLine[]): Promise<OrderLine[]> {
    const products = await this.find(lines.map(({ sku }) => sku));
    const unknown = lines.filter(({ sku }) => !products.has(sku));
    if (unknown.length > 0) throw new UnknownProducts(unknown.map(({ sku }) => sku));
    return lines.flatMap(({ sku, quantity }) => {
      const product = products.get(sku);
      return product === undefined ? [] : { sku, name: product.name, quantity, unitPrice: product.price };
    });
  }

  private async find(skus: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    const rows = await this.products()
      .where('sku', '=', sql<string>`any(${skus})`)
      .execute();
    return new Map(rows.map((row) => [row.sku, toProduct(row)]));
  }

  private products() {
    return this.database.query.selectFrom('products').selectAll();
  }
}

const toProduct = ({ sku, name, price_amount, price_currency }: ProductsSchema['products']): Product => ({
  sku,
  name,
  price: { amount: price_amount, currency: price_currency },
});
