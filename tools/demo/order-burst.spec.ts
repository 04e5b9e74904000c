import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { portOf } from '../../infra/processes/ports';
import { OrderBurst } from './order-burst';

const METRICS = `# TYPE messaging_messages_total counter
messaging_messages_total{queue="email.order_events",type="order.created",outcome="handled"} 3
messaging_messages_total{queue="email.order_events",type="order.created",outcome="stale"} 1
messaging_messages_total{queue="email.order_events",type="order.created",outcome="postponed"} 5
messaging_messages_total{queue="email.order_events",type="order.confirmed",outcome="retried"} 7
`;

describe(OrderBurst.name, () => {
  let server: Server;
  let url: string;
  /** What the next orders are answered with; after these, all are accepted. */
  let statuses: number[];
  let asked: number;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/metrics') response.end(METRICS);
      else {
        asked += 1;
        response.writeHead(statuses.shift() ?? 201).end('{}');
      }
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${portOf(server)}`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    statuses = [];
    asked = 0;
  });

  const sut = (orders: number) => new OrderBurst({ orderApiUrl: url, tellers: [url] }, orders);

  it('places each order once', async () => {
    const burst = sut(120);
    expect(burst.tookMs).toBeUndefined();
    await burst.place();
    expect([burst.accepted, asked, burst.tookMs]).toEqual([120, 120, expect.any(Number)]);
  });

  it('places an order again that the order API was too busy for', async () => {
    statuses = [503, 503];
    const burst = sut(3);
    await burst.place();
    expect([burst.accepted, asked]).toEqual([3, 5]);
  });

  it('fails with any other answer', async () => {
    statuses = [400];
    await expect(sut(3).place()).rejects.toThrow('/orders: 400 {}');
  });

  it('counts as told what was handled or is stale, not what waits for another attempt', async () => {
    expect(await sut(10).untold()).toEqual([16]);
  });
});
