import { TcpProxy } from './tcp-proxy';

/** The ways to all nodes of a server, which fail together. */
export class TcpProxies {
  private constructor(
    private readonly proxies: readonly TcpProxy[],
    /** Where the nodes are, by way of these proxies. */
    readonly urls: readonly string[],
  ) {}

  static async to(targets: readonly string[]): Promise<TcpProxies> {
    const proxies = await Promise.all(targets.map((target) => TcpProxy.to(new URL(target))));
    return new TcpProxies(
      proxies,
      targets.map((target, index) => proxies[index]?.through(target) ?? target),
    );
  }

  /** Breaks every connection, and refuses new ones until `restore`. */
  cut(): void {
    for (const proxy of this.proxies) proxy.cut();
  }

  /** Lets no byte through until `restore`, and closes nothing. */
  freeze(): void {
    for (const proxy of this.proxies) proxy.freeze();
  }

  /** Lets every byte take so many milliseconds from now on, in each direction. */
  delay(milliseconds: number): void {
    for (const proxy of this.proxies) proxy.delay(milliseconds);
  }

  restore(): void {
    for (const proxy of this.proxies) proxy.restore();
  }

  close(): void {
    for (const proxy of this.proxies) proxy.close();
  }
}
