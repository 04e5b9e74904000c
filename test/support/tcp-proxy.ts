import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { DelayedStream } from './delayed-stream';

/** A way to a server on this machine that can fail as a network does. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly streams = new Set<DelayedStream>();
  private readonly server: Server;
  private joined = 0;
  private state: 'open' | 'cut' | 'frozen' = 'open';
  private latencyMs = 0;

  private constructor(target: URL) {
    this.server = createServer((client) => this.join(client, Number(target.port)));
  }

  /** Opens one to where the URL points. */
  static async to(target: URL): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await once(proxy.server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  /** The same URL, by way of this proxy. */
  through(target: string): string {
    const url = new URL(target);
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy is closed');
    url.port = String(address.port);
    return url.href;
  }

  /** How many connections were opened over it. */
  get connections(): number {
    return this.joined;
  }

  /** Breaks every connection, and refuses new ones until `restore`. */
  cut(): void {
    this.state = 'cut';
    this.breakAll();
  }

  /** Lets no byte through until `restore`, and closes nothing: connections stay open, and new ones are taken. */
  freeze(): void {
    this.state = 'frozen';
    this.leaveHalfOpen();
  }

  /** Lets no byte through on the connections that stand open, without closing them; new ones work. */
  leaveHalfOpen(): void {
    for (const stream of [...this.sockets, ...this.streams]) stream.unpipe().pause();
  }

  /** Lets every byte take so many milliseconds from now on, in each direction. */
  delay(milliseconds: number): void {
    this.latencyMs = milliseconds;
  }

  /** Lets all bytes through at once; connections that were frozen are broken. */
  restore(): void {
    this.latencyMs = 0;
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
    client.pipe(this.delayed(client)).pipe(server).pipe(this.delayed(client)).pipe(client);
  }

  private delayed(client: Socket): DelayedStream {
    const stream = new DelayedStream(() => this.latencyMs);
    this.streams.add(stream);
    client.on('close', () => {
      this.streams.delete(stream);
      stream.destroy();
    });
    return stream;
  }

  private add(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
  }
}
