import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server on this machine that can fail as a network does. */
export class Link {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private joined = 0;
  private state: 'open' | 'cut' | 'frozen' = 'open';

  private constructor(target: URL) {
    this.server = createServer((client) => this.join(client, Number(target.port)));
  }

  /** Opens one to where the URL points. */
  static async to(target: URL): Promise<Link> {
    const link = new Link(target);
    await once(link.server.listen(0, '127.0.0.1'), 'listening');
    return link;
  }

  /** The same URL, by way of this link. */
  through(target: string): string {
    const url = new URL(target);
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The link is closed');
    url.port = String(address.port);
    return url.href;
  }

  /** How many connections were opened over it. */
  get connections(): number {
    return this.joined;
  }

  /** Breaks every connection, and lets nobody through until `restore`. */
  cut(): void {
    this.state = 'cut';
    this.breakAll();
  }

  /** Lets no byte through until `restore`, and tells nobody: connections stay open, and new ones are taken. */
  freeze(): void {
    this.state = 'frozen';
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  /** Lets everybody through; connections that were frozen are broken. */
  restore(): void {
    if (this.state === 'frozen') this.breakAll();
    this.state = 'open';
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private breakAll(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  private join(client: Socket, port: number): void {
    this.add(client);
    if (this.state === 'cut') client.destroy();
    if (this.state !== 'open') return;
    this.joined += 1;
    const server = connect(port, '127.0.0.1');
    this.add(server);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
    client.pipe(server).pipe(client);
  }

  private add(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
  }
}
