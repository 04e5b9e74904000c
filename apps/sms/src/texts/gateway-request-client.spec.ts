import { createServer, type Server } from 'node:http';
import { AmbiguousSend, withIdempotencyKey } from '@app/messaging';
import { GatewayRequestClient } from './gateway-request-client';

describe(GatewayRequestClient.name, () => {
  let silent: Server;
  let sut: GatewayRequestClient;

  beforeEach(async () => {
    silent = createServer(() => undefined);
    await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
    const address = silent.address();
    sut = new GatewayRequestClient(typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '');
  });

  afterEach(() => {
    silent.closeAllConnections();
    silent.close();
  });

  it('waits ten seconds for an answer; when it does not come in time, nobody can tell', async () => {
    expect(sut.defaultTimeout).toBe(10_000);
    sut.defaultTimeout = 100;

    const asking = withIdempotencyKey('event-1', () =>
      sut.request({ method: 'post', uri: 'https://api.twilio.com/' }),
    );

    await expect(asking).rejects.toThrow(AmbiguousSend);
  });
});
