import { eventually } from '../../infra/eventually';
import type { Trace, TraceStore } from '../launcher/tracing/trace-store';
import { waterfall } from '../traces/waterfall';
import type { OrderAnswer, StockAnswer } from './answers';
import type { Buyer } from './buyers';
import type { Shop } from './shop';

/** One mail and one text when the order is received, and one of each when it is decided. */
const MESSAGES_EACH = 2;

/** Services send their spans every half a second. */
const TRACE_MS = 10_000;

/** One buyer's order, from its placing to its last message, told as it happens. */
export class Purchase {
  private readonly mails = new Set<string>();
  private readonly texts = new Set<string>();
  private status = '';
  private taken = 0;

  private constructor(
    private readonly shop: Shop,
    private readonly buyer: Buyer,
    private readonly order: OrderAnswer,
    private readonly before: StockAnswer,
  ) {}

  static async place(shop: Shop, buyer: Buyer): Promise<Purchase> {
    const before = await shop.stockOf(buyer.line.sku);
    const purchase = new Purchase(shop, buyer, await shop.place(buyer), before);
    purchase.tell(`orders ${buyer.line.quantity} × ${buyer.line.sku}; available: ${before.available}`);
    return purchase;
  }

  /** Looks at everything again and tells what is new. True once all is as it must be. */
  async look(): Promise<boolean> {
    await this.lookAtOrder();
    await this.lookAtMessages();
    const { available } = await this.shop.stockOf(this.buyer.line.sku);
    this.taken = this.before.available - available;
    return this.shortcomings().length === 0;
  }

  /** What is not as it must be, in words. */
  shortcomings(): string[] {
    const { customer, outcome, takes } = this.buyer;
    const facts: readonly [string, string | number, string | number][] = [
      ['order status', this.status, outcome],
      ['mails', this.mails.size, MESSAGES_EACH],
      ['texts', this.texts.size, MESSAGES_EACH],
      ['pieces taken from the stock', this.taken, takes],
    ];
    const wrong = facts.filter(([, is, must]) => is !== must);
    return wrong.map(([what, is, must]) => `${customer.name}: ${what}: ${is}, and not ${must}`);
  }

  /** The stock at the end. */
  summary(): string {
    const { sku, available } = this.before;
    return `${sku}: ${available} available before, ${available - this.taken} now`;
  }

  /** Prints the way of the order through the services, once its spans have arrived: a moment after what they tell of. */
  async showWay(traces: TraceStore): Promise<void> {
    const waiting = { what: 'the trace', within: TRACE_MS };
    const trace = await eventually(() => this.wholeTrace(traces), waiting).catch(() => this.trace(traces));
    if (trace.length === 0) return;
    console.log(
      `\nThe way of the order of ${this.buyer.customer.name}:\n\n${waterfall(trace, process.stdout)}`,
    );
  }

  private trace(traces: TraceStore): Trace {
    return traces.about(this.order.id).flat();
  }

  /** It ends with the mails and texts. */
  private wholeTrace(traces: TraceStore): Trace | false {
    const trace = this.trace(traces);
    const sent = trace.filter(({ name }) => name.startsWith('send '));
    return sent.length >= 2 * MESSAGES_EACH && trace;
  }

  private async lookAtOrder(): Promise<void> {
    const { id, status } = await this.shop.order(this.order.id);
    if (status !== this.status) this.tell(`order ${id} is ${status}`);
    this.status = status;
  }

  private async lookAtMessages(): Promise<void> {
    const { email, phone } = this.buyer.customer;
    for (const { id, to, subject } of await this.shop.mails()) {
      if (to.some(({ address }) => address === email))
        this.note(this.mails, id, `mail to ${email}: ${subject}`);
    }
    for (const { sid, to, body } of await this.shop.texts()) {
      if (to === phone) this.note(this.texts, sid, `text to ${phone}: ${body}`);
    }
  }

  private note(seen: Set<string>, id: string, news: string): void {
    if (!seen.has(id)) this.tell(news);
    seen.add(id);
  }

  private tell(news: string): void {
    console.log(`  ${this.buyer.customer.name.padEnd(16)} ${news}`);
  }
}
