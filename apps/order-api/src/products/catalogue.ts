import { OrderLine, StockLine } from '@app/contracts';
import { Database, GroupCommit } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Product } from './product';
import { ProductNotFound } from './product-not-found.error';
import { ProductsSchema } from './products.schema';
import { UnknownProducts } from './unknown-products.error';

type ProductsBySku = ReadonlyMap<string, Product>;

/** Requests that come at the same time look up their products together. */
const GROUPS = { max: 200, underWay: 2, waitLimitMs: 1_000 };

/** What the shop sells, and for how much. */
@Injectable()
export class Catalogue {
  private readonly lookUps = new GroupCommit((all: readonly string[][]) => this.findAll(all), GROUPS);

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
   * @throws UnknownProducts that names every SKU that the catalogue does not have, Overloaded
   */
  async price(lines: readonly StockLine[]): Promise<OrderLine[]> {
    const products = await this.lookUps.add(lines.map(({ sku }) => sku));
    const unknown = lines.filter(({ sku }) => !products.has(sku));
    if (unknown.length > 0) throw new UnknownProducts(unknown.map(({ sku }) => sku));
    return lines.flatMap(({ sku, quantity }) => {
      const product = products.get(sku);
      return product === undefined ? [] : { sku, name: product.name, quantity, unitPrice: product.price };
    });
  }

  /** One statement for all look-ups; each gets what any of them has found. */
  private async findAll(lookUps: readonly string[][]): Promise<ProductsBySku[]> {
    const skus = [...new Set(lookUps.flat())];
    const rows = await this.products()
      .where('sku', '=', sql<string>`any(${skus})`)
      .execute();
    const found = new Map(rows.map((row) => [row.sku, toProduct(row)]));
    return lookUps.map(() => found);
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
