import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server on this machine that can be cut, as a network or a server that fails would do. */
export class Link {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private isCut = false;

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

  /** Breaks every connection, and lets nobody through until `restore`. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.destroy();
  }

  restore(): void {
    this.isCut = false;
  }

  close(): void {
    this.cut();
    this.server.close();
  }

  private join(client: Socket, port: number): void {
    if (this.isCut) {
      client.destroy();
      return;
    }
    const server = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        other.destroy();
      });
    }
    client.pipe(server).pipe(client);
  }
}
