import { TOPOLOGY } from '@app/contracts';
import { eventually } from '../../../infra/eventually';
import { BrokerAdmin } from './broker-admin';
import { ComposedDeployment } from './containers/composed-deployment';
import { Databases } from './databases';
import type { Deployment, DeploymentOptions, Environments } from './deployment';
import { call, read, type Answer, type Call } from '../../../infra/http';
import { deployLocally } from './local-deployment';
import { MailServer } from './mail-server';
import { MailDev, SmsGateway, type Mails, type Notification, type Texts } from './notifications';
import { anOrder, type Order, type Wish } from './order';
import { sharedBroker, type ShopBroker } from './shop-broker';
import { target } from './target';

declare global {
  /** Of `environment.js`. */
  var testsFailed: boolean | undefined;
  var onExit: ((end: () => void) => void) | undefined;
}

/** The services that take part in an order's way. */
export const SERVICES: readonly string[] = TOPOLOGY.map(({ service }) => service);

export interface StockLevel {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
}

export interface ShopOptions extends Omit<DeploymentOptions, 'smtpUrl' | 'rabbitmqUrls'> {
  /** Takes the mails. `suite`: MailDev, as in containers; it costs one more process. Where absent, one of the shop's own. */
  readonly mailServer?: MailServer | 'suite';
  /** Carries the messages; closed with the shop. `own`: a node that a test takes away. Where absent, the one that all tests share. */
  readonly broker?: ShopBroker | 'own';
  /** Tells of the texts in place of the gateway, which forgets them when it is killed. */
  readonly texts?: Texts;
}

/** A running suite, as its users see it: customers, the owner, the administrator. */
export class Shop {
  /** The ids of the orders that were answered with `201`. */
  readonly accepted = new Set<string>();
  /** How many orders were not. */
  refused = 0;
  readonly databases: Databases;
  readonly gateway: SmsGateway;
  readonly texts: Texts;

  private constructor(
    readonly suite: Deployment,
    readonly mails: Mails,
    /** What was on the shelves before the first order. */
    readonly openingStock: readonly StockLevel[],
    readonly broker: BrokerAdmin,
    private readonly closeGiven: () => Promise<void>,
    texts?: Texts,
  ) {
    this.databases = new Databases(suite);
    this.gateway = new SmsGateway(suite.smsUrl);
    this.texts = texts ?? this.gateway;
  }

  static async open({ mailServer, broker, texts, ...options }: ShopOptions = {}): Promise<Shop> {
    const given = await brokerOf(options, broker);
    const mailbox = await mailServerOf(mailServer);
    const closeGiven = async (): Promise<void> => {
      if (mailbox !== mailServer) await mailbox?.stop();
      await given?.close();
    };
    const suite = await deploy({
      ...options,
      smtpUrl: mailbox?.url,
      rabbitmqUrls: given?.broker.administratorUrls,
      env: environments(options.env, given),
    }).catch(async (error: unknown) => {
      await closeGiven();
      throw error;
    });
    const openingStock: StockLevel[] = await read(`${suite.services.get('inventory').url}/stock`);
    const mails = mailbox ?? new MailDev(suite.mailUrl);
    return new Shop(suite, mails, openingStock, new BrokerAdmin((given ?? suite).broker), closeGiven, texts);
  }

  /** Keeps the logs when a test has failed, and says where; all else goes. */
  async close(): Promise<void> {
    await this.databases.close();
    await this.suite.close({ keepLogs: globalThis.testsFailed === true });
    await this.closeGiven();
  }

  /** The variables of each service beyond the usual; what is changed counts from its next start on. */
  get env(): Environments {
    return this.suite.env ?? {};
  }

  /** What ended unasked. A test that made it end takes it away. */
  get crashes(): string[] {
    return this.suite.crashes;
  }

  /** Calls the order API. */
  call(path: string, options?: Call): Promise<Answer> {
    return call(`${this.suite.services.get('order-api').url}${path}`, options);
  }

  /** Asks for an order, and resolves with the answer, also where that is a refusal. */
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
    await eventually(() => this.accepted.size >= goal, { within: 120_000 });
  }

  async mailsOf({ customer }: Order): Promise<Notification[]> {
    return (await this.mails.all()).filter(({ to }) => to === customer.email);
  }

  async textsOf({ customer }: Order): Promise<Notification[]> {
    return (await this.texts.all()).filter(({ to }) => to === customer.phone);
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

  /** Waits until every service says that all is well. */
  async untilReady({ within = 20_000 } = {}): Promise<void> {
    const areReady = async (): Promise<void> => {
      for (const service of SERVICES)
        expect((await this.health(service)).body).toMatchObject({ status: 'ok' });
    };
    await eventually(areReady, { within });
  }

  /** The process ids of the services: another one means that it was started again. */
  pids(): (number | undefined)[] {
    return SERVICES.map((service) => this.suite.services.get(service).pid);
  }
}

/** Where the tests of this run want it. */
function deploy(options: DeploymentOptions): Promise<Deployment> {
  const where = target();
  return where === 'local' ? deployLocally(options) : ComposedDeployment.open(where, options);
}

/** Undefined where the deployment brings one of its own. */
async function mailServerOf(chosen: ShopOptions['mailServer']): Promise<MailServer | undefined> {
  if (chosen === 'suite' || (chosen === undefined && target() !== 'local')) return undefined;
  return chosen ?? (await MailServer.start());
}

/** Undefined where the deployment brings one of its own. */
async function brokerOf(
  options: DeploymentOptions,
  chosen: ShopOptions['broker'],
): Promise<ShopBroker | undefined> {
  if (chosen === 'own' || target() !== 'local') return undefined;
  return chosen ?? (await sharedBroker(options));
}

/** A broker that is given knows each service by a user of its own. */
function environments(env: DeploymentOptions['env'], given?: ShopBroker): DeploymentOptions['env'] {
  if (given === undefined) return env;
  const { broker, through = (url: string) => url } = given;
  return Object.fromEntries(
    SERVICES.map((service) => [
      service,
      { RABBITMQ_URL: through(broker.urlFor(service)), ...env?.[service] },
    ]),
  );
}
