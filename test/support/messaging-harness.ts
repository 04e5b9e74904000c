import { randomUUID } from 'node:crypto';
import { brokerDefinitions } from '@app/broker-admin';
import {
  CLOUD_EVENT_CONTENT_TYPE,
  type EventClass,
  type EventData,
  type Exchange,
  OrderConfirmed,
  QueueKindsConfig,
  sourceOf,
  type TaskClass,
  TOPOLOGY,
} from '@app/contracts';
import {
  deliveriesMigration,
  SentMessages,
  Inbox,
  inboxMigration,
  MESSAGING_CONFIG,
  MessagingModule,
  orderVersionsMigration,
  OutboxConfig,
  outboxMigration,
  OutboxModule,
} from '@app/messaging';
import { DatabaseConfig, PersistenceModule } from '@app/persistence';
import { ServiceModule } from '@app/service';
import {
  type DynamicModule,
  type INestApplicationContext,
  type LoggerService,
  Module,
  type Provider,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type ChannelModel, type ConfirmChannel, connect, type GetMessage, type Options } from 'amqplib';
import { inspect } from 'node:util';
import { TestVhost } from './test-vhost';
import { TestDatabase } from './test-database';
import { TcpProxy } from './tcp-proxy';
import type { Queues } from '../../tools/conformance/settings';

const MIGRATIONS = {
  '0001_outbox': outboxMigration,
  '0002_inbox': inboxMigration,
  '0003_deliveries': deliveriesMigration,
  '0004_news': orderVersionsMigration,
};

export interface HarnessOptions {
  /** The service that it plays: it has the queues, the broker user and the rights of that service in the topology. */
  readonly service: string;
  readonly listensTo?: Exchange;
  /** Whose queue it works on. */
  readonly worksOn?: TaskClass;
  readonly receiver?: typeof Inbox | typeof SentMessages;
  /** Providers with `@OnEvent` methods. */
  readonly handlers?: Provider[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Quorum queues where not said otherwise. */
  readonly queues?: Queues;
  readonly queueMaxLength?: number;
  /** Queues that are not there when it starts. */
  readonly withoutQueues?: readonly string[];
  /** The broker cannot be reached when it starts. */
  readonly withoutBroker?: boolean;
}

/** A small service on a virtual host and a database of its own, and a stranger's view of both. One for each spec file. */
export class MessagingHarness {
  /** What the service has logged, as text. */
  readonly log: string[] = [];

  private constructor(
    private readonly options: HarnessOptions,
    readonly vhost: TestVhost,
    readonly database: TestDatabase,
    /** The service's ways to its broker and its database. */
    readonly broker: TcpProxy,
    readonly postgres: TcpProxy,
  ) {}

  app: INestApplicationContext;
  /** A stranger's, who may do everything. */
  channel: ConfirmChannel;
  private stranger?: ChannelModel;

  static async boot(options: HarnessOptions): Promise<MessagingHarness> {
    const [vhost, database] = await Promise.all([TestVhost.create(), TestDatabase.create()]);
    const broker = await TcpProxy.to(...vhost.urls);
    const postgres = await TcpProxy.to(database.url);
    const harness = new MessagingHarness(options, vhost, database, broker, postgres);
    await harness.connectStranger();
    await harness.applyTopology();
    for (const queue of options.withoutQueues ?? []) await harness.channel.deleteQueue(queue);
    if (options.withoutBroker === true) harness.broker.cut();
    await harness.start();
    return harness;
  }

  /** Makes all queues that are missing. */
  async applyTopology(): Promise<void> {
    const { service, environment, queues, queueMaxLength = 1_000_000 } = this.options;
    const definitions = brokerDefinitions(
      { vhost: this.vhost.name, passwords: { [service]: service }, administrator: this.vhost.administrator },
      {
        queueType: queues === 'classic' ? 'classic' : 'quorum',
        queueMaxLength,
        retryDelaysMs: (environment?.RETRY_DELAYS_MS ?? '1000').split(',').map(Number),
      },
      Object.assign(new QueueKindsConfig(), { emailQueueKind: this.queueKindOfEmail }),
    );
    await this.vhost.post('definitions', definitions);
  }

  /** Connects the stranger, and after a broker that was stopped once more, to a node that answers. */
  async connectStranger(): Promise<void> {
    await this.disconnectStranger();
    for (const url of this.vhost.urls) {
      const connection = await connect(url).catch(() => undefined);
      if (connection === undefined) continue;
      this.stranger = connection.on('error', () => undefined);
      this.channel = await connection.createConfirmChannel();
      return;
    }
    throw new Error('No node of the broker answers');
  }

  /** The tags of all consumers that the broker knows; each that comes back has another. */
  async consumerTags(): Promise<string[]> {
    const consumers: { consumer_tag: string }[] = Object(await this.vhost.get('consumers/{vhost}'));
    return consumers.map(({ consumer_tag }) => consumer_tag);
  }

  /** How many messages wait in a queue; those that a consumer was given do not count. */
  async waiting(queue: string): Promise<number> {
    return (await this.channel.checkQueue(queue)).messageCount;
  }

  /** How many consumers a queue has; in a quorum queue one that is cancelled counts as long as it has messages that it has not acknowledged. */
  async consumers(queue: string): Promise<number> {
    return (await this.channel.checkQueue(queue)).consumerCount;
  }

  /** Takes a message out of a queue. */
  async take(queue: string): Promise<GetMessage | undefined> {
    return (await this.channel.get(queue, { noAck: true })) || undefined;
  }

  /** Sends an event as its service would. Resolves with its id. */
  send<Data extends EventData>(
    eventClass: EventClass<Data>,
    data: Data,
    properties: Options.Publish = {},
  ): string {
    const id = properties.messageId ?? randomUUID();
    const { type, exchange } = eventClass;
    this.sendBody(
      exchange,
      { specversion: '1.0', id, source: publisherOf(exchange), type, data },
      { messageId: id, ...properties },
    );
    return id;
  }

  /** Sends whatever it is. */
  sendBody(exchange: Exchange, body: unknown, properties: Options.Publish = {}): void {
    const content = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const options = { contentType: CLOUD_EVENT_CONTENT_TYPE, persistent: true, ...properties };
    this.channel.publish(exchange.name, '', content, options);
  }

  /** Lets the broker close one of the service's connections: `email consuming`. */
  async closeConnection(name: string): Promise<void> {
    await this.vhost.closeConnection(name);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.disconnectStranger();
    this.broker.close();
    this.postgres.close();
    await Promise.all([this.vhost.drop(), this.database.drop()]);
  }

  /** Its broker may have done so before. */
  private async disconnectStranger(): Promise<void> {
    await this.stranger?.close().catch(() => undefined);
  }

  private get queueKindOfEmail(): string {
    return this.options.queues === 'exclusive' ? 'exclusive' : 'durable';
  }

  private async start(): Promise<void> {
    const { service, environment } = this.options;
    const asService = this.broker.urls.map((url) => {
      const brokerUrl = new URL(url);
      brokerUrl.username = brokerUrl.password = service;
      return brokerUrl.href;
    });
    Object.assign(process.env, {
      PORT: '3000',
      RABBITMQ_URL: asService.join(),
      EMAIL_QUEUE_KIND: this.queueKindOfEmail,
      DATABASE_URL: this.postgres.through(this.database.url),
      RETRY_DELAYS_MS: '1000',
      ...environment,
    });
    this.app = await NestFactory.createApplicationContext(this.module(), {
      logger: new CapturedLog(this.log),
      abortOnError: false,
    });
  }

  private module(): DynamicModule {
    const { service, listensTo, worksOn, receiver = Inbox, handlers = [] } = this.options;
    // As the apps do: the service that takes orders works without the broker, and a service that publishes has an outbox.
    const publishes = TOPOLOGY.some((one) => one.service === service && one.publishes.length > 0);
    return {
      module: Harness,
      imports: [
        ServiceModule.forRoot({ name: service, config: [DatabaseConfig, ...MESSAGING_CONFIG, OutboxConfig] }),
        PersistenceModule.forRoot(MIGRATIONS),
        MessagingModule.forRoot({ topology: TOPOLOGY, worksWithoutBroker: service === 'order-api' }),
        ...(listensTo === undefined ? [] : [MessagingModule.subscribe(listensTo, receiver)]),
        ...(worksOn === undefined ? [] : [MessagingModule.work(worksOn, receiver)]),
        ...(publishes ? [OutboxModule] : []),
      ],
      providers: handlers,
    };
  }
}

const publisherOf = ({ name }: Exchange): string => {
  const publisher = TOPOLOGY.find(({ publishes }) => publishes.some((exchange) => exchange.name === name));
  return sourceOf(publisher?.service ?? 'nobody');
};

@Module({})
class Harness {}

class CapturedLog implements LoggerService {
  constructor(private readonly lines: string[]) {}

  log(...message: unknown[]): void {
    this.lines.push(message.map((part) => (typeof part === 'string' ? part : inspect(part))).join(' '));
  }

  error = this.log.bind(this);
  warn = this.log.bind(this);
  debug = this.log.bind(this);
  fatal = this.log.bind(this);
}

/** An event that is valid. */
export const orderConfirmed = (): OrderConfirmed => ({
  orderId: randomUUID(),
  version: 2,
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' },
  total: { amount: 1998, currency: 'EUR' },
  at: '2026-03-01T12:00:00.000Z',
});

/** A promise that holds until it is released. */
export function latch(): { held: Promise<void>; release: () => void } {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  return { held, release };
}
