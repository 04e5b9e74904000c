import type { Suite } from '../launcher/suite/suite';
import { MailAnswer, OrderAnswer, StockAnswer, TextAnswer, TextsAnswer } from './answers';
import type { Buyer } from './buyers';
import { fetchList, fetchOne } from './fetch-answer';

/** The suite as its customers, and those who look over their shoulders, see it: over HTTP. */
export class Shop {
  private readonly orders: string;
  private readonly inventory: string;

  constructor(private readonly suite: Pick<Suite, 'services' | 'mailUrl' | 'textsUrl'>) {
    this.orders = `${suite.services.get('order-api').url}/orders`;
    this.inventory = `${suite.services.get('inventory').url}/stock`;
  }

  place({ customer, line }: Buyer): Promise<OrderAnswer> {
    return fetchOne(OrderAnswer, this.orders, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customer, lines: [line] }),
    });
  }

  order(id: string): Promise<OrderAnswer> {
    return fetchOne(OrderAnswer, `${this.orders}/${id}`);
  }

  mails(): Promise<MailAnswer[]> {
    return fetchList(MailAnswer, `${this.suite.mailUrl}/api/email`);
  }

  /** In the order in which they were sent; the provider lists the newest first. */
  async texts(): Promise<TextAnswer[]> {
    return (await fetchOne(TextsAnswer, this.suite.textsUrl)).messages.toReversed();
  }

  /** @throws Error when inventory does not know the product */
  async stockOf(sku: string): Promise<StockAnswer> {
    const level = (await fetchList(StockAnswer, this.inventory)).find((found) => found.sku === sku);
    if (level === undefined) throw new Error(`Inventory does not know ${sku}.`);
    return level;
  }
}
