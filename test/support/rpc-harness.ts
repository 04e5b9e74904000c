import { brokerDefinitions } from '@app/broker-admin';
import { answersExchangeName, Availability, AVAILABILITY, questionsExchangeName } from '@app/contracts';
import { RpcClient } from '@app/messaging';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import type { TestVhost } from './test-vhost';
import { eventually } from '../../infra/eventually';
import { TcpProxy } from './tcp-proxy';
import { type Answerer, startAnswerer, startAsker } from './rpc';

export const QUESTIONS = questionsExchangeName(AVAILABILITY);
export const ANSWERS = answersExchangeName(AVAILABILITY);
export const LIMIT_MS = 500;

const ASKER = 'order-api';
const ANSWERER = 'inventory';

/** The service that asks and the one that answers, with the users and the rights that they have in production. */
export class RpcHarness {
  private readonly askers: RpcClient[] = [];
  private readonly answerers: Answerer[] = [];

  private constructor(
    readonly vhost: TestVhost,
    /** The ways to the broker of who asks and of who answers. */
    readonly proxies: { readonly asker: TcpProxy; readonly answerer: TcpProxy },
    private readonly stranger: ChannelModel,
    /** A stranger's, who may do everything. */
    readonly channel: Channel,
  ) {}

  /** @param vhost of the spec file alone: to make all queues anew for each test would take longer than most tests do */
  static async open(vhost: TestVhost): Promise<RpcHarness> {
    const proxies = {
      asker: await TcpProxy.to(vhost.url),
      answerer: await TcpProxy.to(vhost.url),
    };
    const stranger = await connect(vhost.url);
    const harness = new RpcHarness(vhost, proxies, stranger, await stranger.createChannel());
    await harness.applyTopology();
    return harness;
  }

  /** Makes what is missing. */
  async applyTopology(): Promise<void> {
    const passwords = { [ASKER]: ASKER, [ANSWERER]: ANSWERER };
    const accounts = { vhost: this.vhost.name, passwords, administrator: this.vhost.administrator };
    await this.vhost.post('definitions', brokerDefinitions(accounts));
  }

  async startAnswering(): Promise<Answerer> {
    const answerer = await startAnswerer(this.urlOf(ANSWERER, this.proxies.answerer));
    this.answerers.push(answerer);
    return answerer;
  }

  startAsking(): RpcClient {
    const asker = startAsker(this.urlOf(ASKER, this.proxies.asker));
    this.askers.push(asker);
    return asker;
  }

  async close(): Promise<void> {
    await Promise.all(this.askers.map((asker) => asker.onApplicationShutdown()));
    await Promise.all(this.answerers.map(({ app }) => app.close()));
    await this.stranger.close();
    for (const proxy of [this.proxies.asker, this.proxies.answerer]) proxy.close();
  }

  private urlOf(service: string, proxy: TcpProxy): string {
    const url = new URL(proxy.through(this.vhost.url));
    url.username = url.password = service;
    return url.href;
  }
}

/** What is answered: the length of the SKU. */
export const availableOf = async (asker: RpcClient, sku = 'SOCKS'): Promise<number> =>
  (await asker.ask({ sku }, Availability, LIMIT_MS)).available;

/** Time enough for a connection that comes back. */
export const untilAnswered = (asker: RpcClient): Promise<void> =>
  eventually(async () => expect(await availableOf(asker)).toBe(5), { within: 15_000 });
