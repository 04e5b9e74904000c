import { Database } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { RawBuilder, sql } from 'kysely';
import { InventorySchema } from './stock.schema';

/** A product's stock as it is now. */
export interface StockLevel {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  /** On hand − reserved. */
  readonly available: number;
  readonly lowThreshold: number;
}

/** The shelves: how many pieces there are of each product, and how many of them are reserved. */
@Injectable()
export class Stock {
  constructor(private readonly database: Database<InventorySchema>) {}

  async all(): Promise<StockLevel[]> {
    return this.levels().orderBy('sku').execute();
  }

  /** How many pieces can be reserved now; none of a product that is not known. */
  async available(sku: string): Promise<number> {
    const level = await this.levels().where('sku', '=', sku).executeTakeFirst();
    return level?.available ?? 0;
  }

  /** The stock of these products, which no other transaction can change until this one ends. Locks in one order, so that no two wait for each other. */
  async lock(skus: readonly string[]): Promise<Map<string, StockLevel>> {
    const levels = await this.levels()
      .where('sku', '=', sql<string>`any(${skus})`)
      .orderBy('sku')
      .forUpdate()
      .execute();
    return new Map(levels.map((level) => [level.sku, level]));
  }

  /**
   * By how many pieces what is reserved of each product grows, or shrinks, right before the running transaction commits. A check refuses more
   * than there is on hand.
   */
  async changeReserved(changes: ReadonlyMap<string, number>): Promise<void> {
    for (const change of changes) await this.database.beforeCommit(changesOf, change);
  }

  private levels() {
    return this.database.query
      .selectFrom('stock')
      .select(['sku', 'on_hand as onHand', 'reserved', 'low_threshold as lowThreshold'])
      .select(sql<number>`on_hand - reserved`.as('available'));
  }
}

const changesOf = (
  changes: readonly (readonly [sku: string, quantity: number])[],
): RawBuilder<unknown> => sql`
  update stock set reserved = reserved + change.quantity
  from unnest(
    ${changes.map(([sku]) => sku)}::text[], ${changes.map(([, quantity]) => quantity)}::int[]
  ) as change (sku, quantity)
  where stock.sku = change.sku`;
