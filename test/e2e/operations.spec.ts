import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_QUEUE_SETTINGS, ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { parsed } from '../../infra/json';
import type { CollectedSpan } from '../../tools/launcher/tracing/collected-span';
import { TraceCollector } from '../../tools/launcher/tracing/trace-collector';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { command, RunningCommand } from '../support/shop/command';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import type { Order } from '../support/shop/order';
import { expressions, metricsIn } from '../../tools/observability/expressions';
import { Scrape } from '../support/scrape';
import { SERVICES, Shop } from '../support/shop/shop';
import { describeOn } from '../support/shop/target';
import { traceTree } from '../support/shop/trace-tree';

const QUEUE = 'email.order_events';
const SHORT_LADDER = { ...DEFAULT_QUEUE_SETTINGS, retryDelaysMs: [100, 200] };

describe('An operator whose mail server refuses mails for longer than the ladder', () => {
  let shop: Shop;
  let mailServer: MailServer;
  let alerts: RunningCommand;
  let collector: TraceCollector;
  let order: Order;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    collector = closing(await TraceCollector.open());
    const env = Object.fromEntries(SERVICES.map((service) => [service, collector.variables]));
    shop = closing(await Shop.open({ mailServer, queues: SHORT_LADDER, env }));
    alerts = closing(new RunningCommand({ RABBITMQ_URL: shop.broker.url }, ['alerts', 'error']));
    await eventually(() => alerts.lines.some((line) => line.startsWith('Watching for error')), {
      within: 60_000,
    });
    mailServer.breakWith({ kind: 'error', code: 451 });
    order = await shop.placeOrder({ KAZOO: 1 });
    await eventually(async () => expect((await shop.broker.depths())[`${QUEUE}.dead`]).toBe(2), {
      within: 20_000,
    });
  });

  const deadLetters = (...args: string[]) => command(shop.broker.url, 'dead-letters', ...args);
  const idsShown = async (): Promise<string[]> => {
    const shown: { messageId: string }[] = await deadLetters('show', QUEUE);
    return shown.map(({ messageId }) => messageId);
  };

  it('is alerted of every dead letter, by the names of the message and its order', async () => {
    const alerted = () => alerts.lines.filter((line) => line.includes('MESSAGE_DEAD_LETTERED'));
    await eventually(() => expect(alerted()).toHaveLength(2));
    for (const messageId of await idsShown())
      expect(alerted()).toContainEqual(expect.stringContaining(`message ${messageId}, order ${order.id}, `));
  });

  it('finds them in the list, with their number', async () => {
    expect(await deadLetters('list')).toContainEqual(expect.objectContaining({ queue: QUEUE, messages: 2 }));
  });

  it('reads them again and again, with reason and attempts, and they are all still there', async () => {
    for (let time = 0; time < 5; time += 1) expect(await idsShown()).toHaveLength(2);
    const story = { reason: 'RETRIES_EXHAUSTED', attempts: 3 };
    const letters: { type: string }[] = await deadLetters('show', QUEUE);
    expect(letters.toSorted((a, b) => a.type.localeCompare(b.type))).toMatchObject([
      { type: 'order.confirmed', ...story },
      { type: 'order.created', ...story },
    ]);
  });

  it('redrives one and discards nothing by mistake', async () => {
    await expect(deadLetters('discard', QUEUE, '--id', 'no-such-message')).rejects.toThrow(/no-such-message/);
    mailServer.repair();
    const letters: { messageId: string; type: string }[] = await deadLetters('show', QUEUE);
    const older = letters.find(({ type }) => type === 'order.created')?.messageId ?? 'none';
    await deadLetters('redrive', QUEUE, '--id', older);
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(1));
    expect(await idsShown()).toHaveLength(1);
  });

  it('redrives the rest, and then nothing is left of them but their effect, once', async () => {
    await deadLetters('redrive', QUEUE);
    await eventually(async () => expect(await shop.mailsOf(order)).toHaveLength(2));
    expect(await invariant(shop)).toMatchObject({ accepted: 1, lost: 0, repeatedMails: 0 });
  });

  it('discards a message that no service can read', async () => {
    await shop.broker.publish(ORDER_EVENTS, '{"order_id":"ORD-1"}', { messageId: 'from-a-stranger' });
    await shop.broker.untilDead(QUEUE, 'from-a-stranger');
    await deadLetters('discard', QUEUE, '--id', 'from-a-stranger');
    expect(await idsShown()).toEqual([]);
  });

  describeOn(['local', 'single'], 'each replica counts for itself')('reads from the metrics', () => {
    const scrape = (service: string) => Scrape.of(shop.suite.services.get(service).url);
    const outcomes = async (queue: string, type?: string) => {
      const [service = ''] = queue.split('.');
      const labels: Record<string, string> = type === undefined ? { queue } : { queue, type };
      return (await scrape(service)).by('outcome', 'messaging_messages_total', labels);
    };

    it('what became of each message of each queue', async () => {
      const redriven = { retried: 2, dead: 1, handled: 1 };
      await eventually(async () => {
        for (const type of ['order.created', 'order.confirmed'])
          expect(await outcomes(QUEUE, type)).toEqual(redriven);
        expect(await outcomes(QUEUE, 'other')).toEqual({ dead: 1 });
        expect(await outcomes('sms.order_events')).toEqual({ handled: 2, dead: 1 });
        expect(await outcomes('inventory.order_events')).toEqual({ handled: 1, ignored: 1, dead: 1 });
        expect(await outcomes('order-api.inventory_events')).toEqual({ handled: 1 });
      });
    });

    it('what became of the mails', async () => {
      const email = await scrape('email');
      const labels = { provider: 'mail server' };
      const sends = email.by('outcome', 'provider_send_duration_seconds_count', labels);
      expect(sends).toEqual({ not_sent: 6, sent: 2 });
      expect(email.sum('provider_away', labels)).toBe(0);
    });

    it('what became of the order, and that nothing waits', async () => {
      const orderApi = await scrape('order-api');
      expect(orderApi.by('status', 'orders_total')).toEqual({ pending: 1, confirmed: 1 });
      const placed = { method: 'POST', route: '/orders', status: '201' };
      expect(orderApi.sum('http_request_duration_seconds_count', placed)).toBe(1);
      for (const waiting of ['orders_pending', 'outbox_events']) expect(orderApi.sum(waiting)).toBe(0);
      const confirmed = { exchange: ORDER_EVENTS.name, outcome: 'confirmed' };
      expect(orderApi.sum('amqp_publish_duration_seconds_count', confirmed)).toBe(2);
    });

    it('whatever the alerts and the dashboard ask for', async () => {
      const scrapes = await Promise.all(SERVICES.map(scrape));
      const known = new Set(['up', ...scrapes.flatMap(({ names }) => [...names])]);
      const isMissing = (metric: string) => !metric.startsWith('rabbitmq_') && !known.has(metric);
      const missing = expressions().flatMap((one) =>
        metricsIn(one)
          .filter(isMissing)
          .map((metric) => `${one.where}: ${metric}`),
      );
      expect(missing).toEqual([]);
    });

    it.each(SERVICES)('that %s is connected and consumes', async (service) => {
      const scraped = await scrape(service);
      expect(scraped.by('connection', 'amqp_connection_open')).toEqual({ publishing: 1, consuming: 1 });
      expect(scraped.sum('messaging_consumer_paused')).toBe(0);
    });
  });

  describeOn(['local'], 'services in containers are not told of the collector')('follows the order', () => {
    const traceOfOrder = (): readonly CollectedSpan[] => {
      const [trace = [], ...others] = collector.traces.about(order.id);
      expect(others).toEqual([]);
      return trace;
    };

    interface Line {
      readonly level: string;
      readonly msg: string;
      readonly trace_id?: string;
      readonly span_id?: string;
    }
    const failuresInLogOf = (service: string): Line[] =>
      readFileSync(join(shop.suite.id, 'logs', `${service}.log`), 'utf8')
        .split('\n')
        .filter((text) => text.startsWith('{'))
        .map((text) => parsed<Line>(text))
        .filter(({ msg }) => /^failed, next attempt|RETRIES_EXHAUSTED/.test(msg));

    const below = (...lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);
    const failed = (line: string): string[] => [
      `${line}: MAIL_NOT_SENT`,
      ...below('email client send mail: MAIL_NOT_SENT'),
    ];
    /** What comes again, comes to this one queue. */
    const mailed = (event: string): string[] => [
      ...failed('email consumer process email.order_events, attempt 2'),
      ...failed('email consumer process email.order_events, attempt 3'),
      'email consumer process email.order_events, redriven',
      ...below('email client send mail'),
      ...failed(`email consumer process order_events:${event}:email.order_events`),
    ];
    const texted = (event: string): string[] => [
      `sms consumer process order_events:${event}:sms.order_events`,
      ...below('sms client send text'),
    ];
    const confirmed = [
      'order-api producer publish order_events:order.confirmed',
      ...below(
        ...mailed('order.confirmed'),
        'inventory consumer process order_events:order.confirmed:inventory.order_events',
        ...texted('order.confirmed'),
      ),
    ];
    const reserved = [
      'inventory producer publish inventory_events:stock.reserved',
      ...below(
        'order-api consumer process inventory_events:stock.reserved:order-api.inventory_events',
        ...below(...confirmed),
      ),
    ];
    const placed = [
      'order-api server POST /orders',
      ...below(
        'order-api producer publish order_events:order.created',
        ...below(
          ...mailed('order.created'),
          'inventory consumer process order_events:order.created:inventory.order_events',
          ...below(...reserved),
          ...texted('order.created'),
        ),
      ),
    ];

    it('from the request to each mail and text, with every attempt, in one trace', async () => {
      await eventually(() => expect(traceTree(traceOfOrder())).toEqual(placed));
    });

    it('from the lines of a log, which name the trace and the span', () => {
      const lines = failuresInLogOf('email');
      expect(lines).toHaveLength(6);
      const spans = traceOfOrder().map(({ traceId, spanId }) => ({ trace_id: traceId, span_id: spanId }));
      for (const { trace_id, span_id } of lines) expect(spans).toContainEqual({ trace_id, span_id });
    });

    it('by the names that the conventions of OpenTelemetry give them', () => {
      const spans = traceOfOrder();
      const named = (name: string) => spans.find((span) => span.name.startsWith(name))?.attributes;
      expect(named('POST')).toMatchObject({
        'http.request.method': 'POST',
        'http.route': '/orders',
        'http.response.status_code': 201,
      });
      const message = {
        'messaging.system': 'rabbitmq',
        'messaging.message.id': expect.any(String),
        'messaging.message.conversation_id': named('POST')?.['order_events.correlation_id'],
        'messaging.rabbitmq.destination.routing_key': 'order.created',
      };
      expect(named('publish order_events:order.created')).toMatchObject({
        ...message,
        'messaging.operation.name': 'publish',
        'messaging.operation.type': 'send',
        'messaging.destination.name': 'order_events:order.created',
      });
      expect(named('process order_events:order.created:sms')).toMatchObject({
        ...message,
        'messaging.operation.name': 'process',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'order_events:order.created:sms.order_events',
      });
    });

    it('also where one service asks another', async () => {
      const question = 'inventory.availability.questions:inventory.availability';
      const tree = [
        'order-api server GET /products/:sku',
        ...below(`order-api client ask ${question}`, ...below(`inventory server answer ${question}`)),
      ];
      await eventually(async () => {
        await shop.call('/products/KAZOO');
        expect(collector.traces.all().map(traceTree)).toContainEqual(tree);
      });
    });

    it('without a name, an address or a phone number of the customer', () => {
      const told = JSON.stringify(traceOfOrder());
      for (const fact of Object.values(order.customer)) expect(told).not.toContain(fact);
    });

    it('beside others of its batch, to which a span of the batch links', async () => {
      const spans = () => collector.traces.all().flat();
      const batchOf = (service: string) =>
        spans().find(
          (span) => span.service === service && 'messaging.batch.message_count' in span.attributes,
        );
      await eventually(async () => {
        await Promise.all(Array.from({ length: 10 }, () => shop.placeOrder({ KAZOO: 1 })));
        return batchOf('order-api') !== undefined && batchOf('inventory') !== undefined;
      });
      for (const service of ['order-api', 'inventory']) {
        const { attributes, links } = batchOf(service) ?? {};
        expect(links).toHaveLength(Number(attributes?.['messaging.batch.message_count']));
        await eventually(() => {
          const members = spans().filter((span) => links?.some((link) => link.spanId === span.spanId));
          expect(members).toHaveLength(links?.length ?? 0);
        });
      }
    });
  });
});
