import { Links } from '../../support/links';
import { DATABASE_OF } from '../../support/shop/databases';
import type { Shop } from '../../support/shop/shop';

/** The ways of every service to its database and to the broker's nodes, which can fail together. */
export class Network {
  private constructor(private readonly links: ReadonlyMap<string, Links>) {}

  /**
   * Services that start from now on take these ways.
   * @param brokerUrlsOf one for each node
   */
  static async before(shop: Shop, brokerUrlsOf: (service: string) => readonly string[]): Promise<Network> {
    const links = new Map<string, Links>();
    for (const [service, database] of Object.entries(DATABASE_OF)) {
      const ways = await Links.to([shop.suite.postgres.url(database, service), ...brokerUrlsOf(service)]);
      const [databaseUrl, ...brokerUrls] = ways.urls;
      Object.assign(shop.env[service] ?? {}, { DATABASE_URL: databaseUrl, RABBITMQ_URL: brokerUrls.join() });
      links.set(service, ways);
    }
    return new Network(links);
  }

  of(service: string): Links {
    const found = this.links.get(service);
    if (found === undefined) throw new Error(`${service} has no way of its own.`);
    return found;
  }

  close(): void {
    for (const links of this.links.values()) links.close();
  }
}
