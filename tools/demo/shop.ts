import type { Suite } from '../launcher/suite/suite';
import { read } from '../../infra/http';
import type { MailAnswer, OrderAnswer, StockAnswer, TextAnswer } from './answers';
import type { Buyer } from './buyers';

/** The suite as its customers, and those who look over their shoulders, see it: over HTTP. */
export class Shop {
  private readonly orders: string;
  private readonly inventory: string;

  constructor(private readonly suite: Pick<Suite, 'services' | 'mailUrl' | 'textsUrl'>) {
    this.orders = `${suite.services.get('order-api').url}/orders`;
    this.inventory = `${suite.services.get('inventory').url}/stock`;
  }

  place({ customer, line }: Buyer): Promise<OrderAnswer> {
    return read(this.orders, { method: 'POST', body: { customer, lines: [line] } });
  }

  order(id: string): Promise<OrderAnswer> {
    return read(`${this.orders}/${id}`);
  }

  mails(): Promise<MailAnswer[]> {
    return read(`${this.suite.mailUrl}/api/email`);
  }

  /** In the order in which they were sent; the provider lists the newest first. */
  async texts(): Promise<TextAnswer[]> {
    const { messages } = await read<{ messages: TextAnswer[] }>(this.suite.textsUrl);
    return messages.toReversed();
  }

  /** @throws Error when inventory does not know the product */
  async stockOf(sku: string): Promise<StockAnswer> {
    const levels = await read<StockAnswer[]>(this.inventory);
    const level = levels.find((found) => found.sku === sku);
    if (level === undefined) throw new Error(`Inventory does not know ${sku}.`);
    return level;
  }
}
