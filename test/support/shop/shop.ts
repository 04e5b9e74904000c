import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { TOPOLOGY } from '@app/contracts';
import { ProcessLedger } from '../../../tools/launcher/processes/process-ledger';
import { Suite } from '../../../tools/launcher/suite/suite';
import type { SuiteOptions } from '../../../tools/launcher/suite/suite-options';
import { eventually } from '../eventually';
import { BrokerDesk } from './broker-desk';
import { Databases } from './databases';
import { call, read, type Answer, type Call } from './http';
import type { MailServer } from './mail-server';
import { MailDev, SmsGateway, type Mails, type Notification } from './notifications';
import { anOrder, type Order, type Wish } from './order';

declare global {
  /** Of `environment.js`. */
  var testsFailed: boolean | undefined;
  var onExit: ((end: () => void) => void) | undefined;
}

/** The services that take part in an order's way. */
export const SERVICES: readonly string[] = TOPOLOGY.map(({ service }) => service);

/** Where the integration tests look for what killed test runs left behind. */
const RUNS = resolve('.data', 'test');

export interface StockLevel {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

export interface ShopOptions extends Pick<SuiteOptions, 'queues' | 'queueKinds'> {
  /** Takes the mails in place of the suite's own mail server. */
  readonly mailServer?: MailServer;
}

/** All of the suite as real processes, seen by those who use it: customers, the owner, the administrator. */
export class Shop {
  /** The ids of the orders that were answered with `201`. */
  readonly accepted = new Set<string>();
  /** How many orders were not. */
  refused = 0;
  readonly broker: BrokerDesk;
  readonly databases: Databases;
  readonly gateway: SmsGateway;

  private constructor(
    readonly suite: Suite,
    readonly mails: Mails,
    /** What was on the shelves before the first order. */
    readonly openingStock: readonly StockLevel[],
    /** The processes that ended unasked. */
    readonly crashes: readonly string[],
  ) {
    this.broker = new BrokerDesk(suite);
    this.databases = new Databases(suite);
    this.gateway = new SmsGateway(suite.smsUrl, suite.textsUrl);
  }

  static async open({ queues, queueKinds, mailServer }: ShopOptions = {}): Promise<Shop> {
    const dataFolder = join(RUNS, `shop-${randomUUID().slice(0, 8)}`);
    const ledger = new ProcessLedger(dataFolder);
    globalThis.onExit?.(() => ledger.killAll());
    const quiet = Object.fromEntries(SERVICES.map((service) => [service, { LOG_LEVEL: 'warn' }]));
    const smtp = mailServer && { SMTP_URL: mailServer.url };
    const crashes: string[] = [];
    const suite = await Suite.start({
      dataFolder,
      ledger,
      queues,
      queueKinds,
      ports: 'free',
      fsync: false,
      env: { ...quiet, email: { ...quiet.email, ...smtp } },
      onCrash: ({ message }) => crashes.push(message),
    }).catch((error: unknown) => {
      keepLogs(dataFolder);
      rmSync(dataFolder, { recursive: true });
      throw error;
    });
    const openingStock: StockLevel[] = await read(`${suite.services.get('inventory').url}/stock`);
    return new Shop(suite, mailServer ?? new MailDev(suite.mailUrl), openingStock, crashes);
  }

  /** Keeps the logs when a test has failed, and says where; all else goes. */
  async close(): Promise<void> {
    await this.databases.close();
    await this.suite.services.stop();
    if (globalThis.testsFailed === true) keepLogs(this.suite.dataFolder);
    await this.suite.remove();
  }

  /** Calls the order API. */
  call(path: string, options?: Call): Promise<Answer> {
    return call(`${this.suite.services.get('order-api').url}${path}`, options);
  }

  /** Asks for an order; whatever the answer is. */
  async ask(order: object, headers: Call['headers'] = {}): Promise<Answer> {
    const answer = await this.call('/orders', { method: 'POST', body: order, headers });
    const { id }: Order = answer.body;
    if (answer.status === 201) this.accepted.add(id);
    else this.refused += 1;
    return answer;
  }

  /** Places an order, which must be accepted. */
  async placeOrder(wish: Wish, customer?: Order['customer']): Promise<Order> {
    const { status, body } = await this.ask(anOrder(wish, customer));
    if (status !== 201) throw new Error(`The order was answered with ${status}: ${JSON.stringify(body)}`);
    const order: Order = body;
    return order;
  }

  async order(id: string): Promise<Order> {
    const order: Order = await read(`${this.suite.services.get('order-api').url}/orders/${id}`);
    return order;
  }

  cancel(id: string): Promise<Answer> {
    return this.call(`/orders/${id}/cancel`, { method: 'POST' });
  }

  /** Waits until the order has come to this state. */
  async untilOrder(id: string, status: Order['status'], { within = 10_000 } = {}): Promise<Order> {
    await eventually(async () => expect((await this.order(id)).status).toBe(status), { within });
    return this.order(id);
  }

  async untilMoreAccepted(count: number): Promise<void> {
    const goal = this.accepted.size + count;
    await eventually(() => this.accepted.size >= goal, { within: 30_000 });
  }

  async mailsOf({ customer }: Order): Promise<Notification[]> {
    return (await this.mails.all()).filter(({ to }) => to === customer.email);
  }

  async textsOf({ customer }: Order): Promise<Notification[]> {
    return (await this.gateway.all()).filter(({ to }) => to === customer.phone);
  }

  async allStock(): Promise<readonly StockLevel[]> {
    const levels: StockLevel[] = await read(`${this.suite.services.get('inventory').url}/stock`);
    return levels;
  }

  async stock(sku: string): Promise<StockLevel> {
    const level = (await this.allStock()).find((candidate) => candidate.sku === sku);
    if (level === undefined) throw new Error(`Inventory does not know ${sku}.`);
    return level;
  }

  /** What a service says of itself. */
  health(service: string): Promise<Answer> {
    return call(`${this.suite.services.get(service).url}/health/ready`);
  }

  /** The process ids of the services: another one means that it was started again. */
  pids(): (number | undefined)[] {
    return SERVICES.map((service) => this.suite.services.get(service).pid);
  }
}

/** Copies the logs to where nobody deletes them, and says where that is. */
function keepLogs(dataFolder: string): void {
  const kept = mkdtempSync(join(tmpdir(), 'order-events-logs-'));
  cpSync(join(dataFolder, 'logs'), kept, { recursive: true });
  process.stderr.write(`The logs of the failed tests are in ${kept}\n`);
}
