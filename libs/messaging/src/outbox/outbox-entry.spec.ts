import { OrderConfirmed, StockLow } from '@app/contracts';
import { runInContext } from '@app/service';
import { OutboxEntry, toMessage, toRow } from './outbox-entry';

const UUID_V7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

const order: OrderConfirmed = {
  orderId: '01890a5d-ac96-774b-bcce-b302099a8057',
  version: 2,
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15558675310' },
  total: { amount: 1998, currency: 'EUR' },
  at: '2026-03-01T12:00:00.000Z',
};
const stock: StockLow = { sku: 'ROCKET-SHIP', available: 1, threshold: 5, at: '2026-03-01T12:00:00.000Z' };

const parsed = (json: unknown): unknown => JSON.parse(String(json));

describe(toRow.name, () => {
  const sut = () => toRow('order-api', OrderConfirmed, order);

  it('makes a CloudEvents 1.0 envelope of the event', () => {
    const row = sut();
    expect(parsed(row.body)).toEqual({
      specversion: '1.0',
      id: row.event_id,
      source: '/order-api',
      type: 'order.confirmed',
      subject: order.orderId,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      datacontenttype: 'application/json',
      dataschema: 'https://order-events.example/schemas/order.confirmed/v1',
      data: order,
    });
  });

  it('names the schema of its data by the base of the publisher, and by the major version of the class', () => {
    class ConfirmedAgain extends OrderConfirmed {
      static readonly majorVersion = 2;
    }
    const { body } = toRow('order-api', ConfirmedAgain, order, 'https://shop.example/schemas');
    expect(parsed(body)).toMatchObject({ dataschema: 'https://shop.example/schemas/order.confirmed/v2' });
  });

  it('gives each event an id of its own, a UUIDv7', () => {
    const ids = [sut().event_id, sut().event_id];
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(UUID_V7);
  });

  it("goes to the event's exchange under its type", () => {
    expect(sut()).toMatchObject({ exchange: 'order_events', routing_key: 'order.confirmed' });
  });

  it('carries the correlation id and the trace of the work that it comes from', () => {
    const context = { correlationId: 'request-7', traceparent: TRACEPARENT, tracestate: 'vendor=1' };
    const row = runInContext(context, sut);
    expect(row.correlation_id).toBe('request-7');
    expect(parsed(row.headers)).toEqual({
      currency: 'EUR',
      traceparent: TRACEPARENT,
      tracestate: 'vendor=1',
    });
  });

  it('starts a new trace, correlated by its own id, outside of any context', () => {
    const row = sut();
    expect(row.correlation_id).toBe(row.event_id);
    expect(parsed(row.headers)).toEqual({
      currency: 'EUR',
      traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-01$/),
    });
  });

  it('is about the SKU, and has no currency, where there is no order', () => {
    const row = toRow('inventory', StockLow, stock);
    expect(parsed(row.body)).toMatchObject({
      source: '/inventory',
      type: 'stock.low',
      subject: 'ROCKET-SHIP',
    });
    expect(row.exchange).toBe('inventory_events');
    expect(parsed(row.headers)).not.toHaveProperty('currency');
  });
});

describe(toMessage.name, () => {
  const entry: OutboxEntry = {
    position: '1',
    event_id: '01890a5d-ac96-774b-bcce-b302099a8057',
    exchange: 'order_events',
    routing_key: 'order.confirmed',
    body: '{"id":"ä"}',
    correlation_id: 'request-7',
    headers: { traceparent: TRACEPARENT, currency: 'EUR' },
    attempts: 0,
  };
  const sut = () => toMessage('order-api', entry);

  it('sends the body as it was stored', () => {
    expect(sut()).toMatchObject({ exchange: 'order_events', routingKey: 'order.confirmed' });
    expect(sut().content.toString('utf8')).toBe('{"id":"ä"}');
  });

  it('repeats in the AMQP properties what routing and tools need', () => {
    expect(sut().properties).toEqual({
      messageId: entry.event_id,
      type: 'order.confirmed',
      appId: 'order-api',
      timestamp: expect.any(Number),
      correlationId: 'request-7',
      contentType: 'application/cloudevents+json',
      headers: { traceparent: TRACEPARENT, currency: 'EUR' },
    });
  });

  it('stamps it in seconds since 1970', () => {
    expect(Math.abs(Number(sut().properties.timestamp) - Date.now() / 1_000)).toBeLessThan(5);
  });

  it('keeps the message id on every attempt', () => {
    expect(sut().properties.messageId).toBe(
      toMessage('order-api', { ...entry, attempts: 3 }).properties.messageId,
    );
  });
});
