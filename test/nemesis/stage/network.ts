import { TcpProxy } from '../../support/tcp-proxy';
import { DATABASE_OF } from '../../support/shop/databases';
import type { Shop } from '../../support/shop/shop';

/** The ways of every service to its database and to the broker's nodes, which can fail together. */
export class Network {
  private constructor(private readonly proxies: ReadonlyMap<string, TcpProxy>) {}

  /**
   * Services that start from now on take these ways.
   * @param brokerUrlsOf one for each node
   */
  static async before(shop: Shop, brokerUrlsOf: (service: string) => readonly string[]): Promise<Network> {
    const proxies = new Map<string, TcpProxy>();
    for (const [service, database] of Object.entries(DATABASE_OF)) {
      const ways = await TcpProxy.to(shop.suite.postgres.url(database, service), ...brokerUrlsOf(service));
      const [databaseUrl, ...brokerUrls] = ways.urls;
      Object.assign(shop.env[service] ?? {}, { DATABASE_URL: databaseUrl, RABBITMQ_URL: brokerUrls.join() });
      proxies.set(service, ways);
    }
    return new Network(proxies);
  }

  of(service: string): TcpProxy {
    const found = this.proxies.get(service);
    if (found === undefined) throw new Error(`${service} has no way of its own.`);
    return found;
  }

  close(): void {
    for (const proxies of this.proxies.values()) proxies.close();
  }
}
