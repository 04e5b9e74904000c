import { once } from 'node:events';
import { createServer, globalAgent, type RequestListener } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { AmbiguousSend, ProviderUnavailable, withIdempotencyKey } from '@app/messaging';
import { portThatDropsPackets } from '../../../../test/support/faults/dropped-packets';
import { GatewayRequestClient } from './gateway-request-client';

const SOON_MS = 100;

describe(GatewayRequestClient.name, () => {
  const toClose: (() => unknown)[] = [];
  afterEach(() => {
    for (const close of toClose.splice(0)) close();
  });

  async function portOf(server: Server): Promise<number> {
    const sockets: Socket[] = [];
    server.on('connection', (socket: Socket) => sockets.push(socket));
    toClose.push(() => {
      server.close();
      sockets.forEach((socket) => socket.destroy());
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }
  const gateway = async (answer: RequestListener): Promise<GatewayRequestClient> =>
    new GatewayRequestClient(`http://127.0.0.1:${await portOf(createServer(answer))}`);
  const post = (sut: GatewayRequestClient) =>
    withIdempotencyKey('event-1', () => sut.request({ method: 'post', uri: 'https://api.twilio.com/' }));
  const postInAHurry = (sut: GatewayRequestClient) => {
    sut.defaultTimeout = SOON_MS;
    return post(sut);
  };

  /** A gateway that has answered before, over a connection that is still open, and answers so from now on. */
  async function connectedTo(answer: RequestListener): Promise<GatewayRequestClient> {
    let requests = 0;
    const sut = await gateway((request, response) => {
      requests += 1;
      if (requests === 1) response.end('{}');
      else answer(request, response);
    });
    await post(sut);
    return sut;
  }

  it('leaves no listener on a connection that carries one text after the other', async () => {
    const sut = await connectedTo((_, response) => response.end('{}'));
    const connection = Object.values(globalAgent.freeSockets).flat().at(-1);
    const before = connection?.listenerCount('connect');

    await post(sut);
    await post(sut);

    expect(connection?.destroyed).toBe(false);
    expect(connection?.listenerCount('connect')).toBe(before);
  });

  it('waits ten seconds for an answer; without one it is not known whether the text was sent', async () => {
    const sut = await connectedTo(() => undefined);
    expect(sut.defaultTimeout).toBe(10_000);

    await expect(postInAHurry(sut)).rejects.toThrow(AmbiguousSend);
  });

  it('does not know it either where the connection breaks', async () => {
    const sut = await connectedTo((request) => request.socket.destroy());

    await expect(post(sut)).rejects.toThrow(AmbiguousSend);
  });

  it('a gateway whose packets are dropped has not got the text', async () => {
    const { port, close } = await portThatDropsPackets();
    toClose.push(close);

    const asking = postInAHurry(new GatewayRequestClient(`http://127.0.0.1:${port}`));

    await expect(asking).rejects.toThrow(ProviderUnavailable);
  });

  it('nor has one that never ends the handshake of TLS', async () => {
    const port = await portOf(createTcpServer());

    const asking = postInAHurry(new GatewayRequestClient(`https://127.0.0.1:${port}`));

    await expect(asking).rejects.toThrow(ProviderUnavailable);
  });
});
