import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { DelayedStream } from './delayed-stream';

/** A way to servers on this machine, such as the nodes of a cluster, that can fail as a network does. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly streams = new Set<DelayedStream>();
  /** What listens for whom, by the port of the server behind it. */
  private readonly doors = new Map<string, Server>();
  private joined = 0;
  private state: 'open' | 'cut' | 'frozen' = 'open';
  private latencyMs = 0;

  private constructor(private readonly targets: readonly string[]) {}

  /** Opens one to where the URLs point. */
  static async to(...targets: readonly string[]): Promise<TcpProxy> {
    const proxy = new TcpProxy(targets);
    await Promise.all(targets.map((target) => proxy.open(new URL(target))));
    return proxy;
  }

  /** The URLs that it was opened to, by way of this proxy. */
  get urls(): string[] {
    return this.targets.map((target) => this.through(target));
  }

  /** The same URL, by way of this proxy. */
  through(target: string): string {
    const url = new URL(target);
    const address = this.doors.get(url.port)?.address();
    if (typeof address !== 'object' || address === null)
      throw new Error(`The proxy has no way to ${url.host}`);
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
    for (const door of this.doors.values()) door.close();
  }

  private async open({ port }: URL): Promise<void> {
    const door = createServer((client) => this.join(client, Number(port)));
    this.doors.set(port, door);
    await once(door.listen(0, '127.0.0.1'), 'listening');
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
