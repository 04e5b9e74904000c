import { ContestantDatabase } from './contestant-database';

/** The database that has the orders. */
export class OrdersDatabase extends ContestantDatabase {
  pending(): Promise<number> {
    return this.number("select count(*) from orders where status = 'pending'");
  }

  decided(): Promise<number> {
    return this.number("select count(*) from orders where status <> 'pending'");
  }

  /** Whether there is an order that is not decided: cheaper than to count them. */
  async hasPending(): Promise<boolean> {
    return (await this.query("select from orders where status = 'pending' limit 1")).length > 0;
  }
}
