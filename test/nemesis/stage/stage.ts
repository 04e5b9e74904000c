import { PrivatePostgres } from '../../../infra/postgres/private-postgres';
import { ensureRabbitmq } from '../../../infra/rabbitmq/rabbitmq-install';
import { Services } from '../../../tools/launcher/suite/services';
import type { RabbitmqCluster } from '../../../infra/rabbitmq/rabbitmq-cluster';
import type { closedAfterAll } from '../../support/shop/closed-after-all';
import { MailServer } from '../../support/shop/mail-server';
import { SERVICES, Shop } from '../../support/shop/shop';
import { clusterBroker } from '../../support/shop/shop-broker';
import { TextRecorder } from '../../support/shop/text-recorder';
import { SENDS_AT_ONCE } from '../limits';
import { Clocks } from './clocks';
import { Network } from './network';

/** Shorter than usual, so that a run ends soon after its last fault; together 46 s. */
const QUEUES = {
  queueType: 'quorum',
  queueMaxLength: 1_000_000,
  retryDelaysMs: [1_000, 5_000, 10_000, 30_000],
} as const;

/** An order that has been pending for so long is asked for again: shorter than some faults, so that inventory is asked twice. */
const OVERDUE_AFTER_MS = 20_000;

interface Props {
  readonly shop: Shop;
  readonly cluster: RabbitmqCluster;
  readonly mailServer: MailServer;
  readonly texts: TextRecorder;
  readonly network: Network;
  readonly clocks: Clocks;
  /** For the administrator. */
  readonly brokerUrls: readonly string[];
}

/** A whole shop on three RabbitMQ nodes, of which every part can be broken while customers come. */
export class Stage {
  readonly shop = this.props.shop;
  readonly cluster = this.props.cluster;
  readonly mailServer = this.props.mailServer;
  readonly texts = this.props.texts;
  readonly network = this.props.network;
  readonly clocks = this.props.clocks;
  readonly brokerUrls = this.props.brokerUrls;

  /** Where customers place their orders: one address for each process of order-api. */
  readonly doors = new Set([this.shop.suite.services.get('order-api').url]);

  private constructor(private readonly props: Props) {}

  /** @param opened takes what must be closed after the run, the last first */
  static async set(opened: ReturnType<typeof closedAfterAll>): Promise<Stage> {
    await ensureRabbitmq((line) => process.stderr.write(`${line}\n`));
    const clocks = opened(new Clocks());
    const mailServer = opened(await MailServer.start());
    const texts = opened(await TextRecorder.start());
    const shopBroker = await clusterBroker(QUEUES);
    const { broker, cluster } = shopBroker;
    const shop = opened(
      await Shop.open({
        mailServer,
        texts,
        broker: shopBroker,
        queues: QUEUES,
        env: environments(clocks, texts),
      }),
    );
    texts.passOnTo(shop.suite.smsUrl);
    const network = opened(await Network.before(shop, (service) => broker.urlFor(service).split(',')));
    await Promise.all(SERVICES.map((service) => shop.suite.services.get(service).restart()));
    return new Stage({
      shop,
      cluster,
      mailServer,
      texts,
      network,
      clocks,
      brokerUrls: broker.administratorUrls,
    });
  }

  get services(): Services {
    const { services } = this.shop.suite;
    if (services instanceof Services) return services;
    throw new Error('A nemesis needs processes of this machine.');
  }

  get database(): PrivatePostgres {
    const { postgres } = this.shop.suite;
    if (postgres instanceof PrivatePostgres) return postgres;
    throw new Error('A nemesis needs a database server on this machine.');
  }
}

function environments(clocks: Clocks, texts: TextRecorder): Record<string, Record<string, string>> {
  const sends = { SENDS_AT_ONCE: String(SENDS_AT_ONCE) };
  const own: Record<string, Record<string, string>> = {
    'order-api': { OVERDUE_AFTER_MS: String(OVERDUE_AFTER_MS) },
    email: sends,
    sms: { ...sends, SMS_GATEWAY_URL: texts.url },
  };
  return Object.fromEntries(
    SERVICES.map((service) => [service, { ...clocks.environmentOf(service), ...own[service] }]),
  );
}
