import { DEFAULT_QUEUE_SETTINGS, ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { command, RunningCommand } from '../support/shop/command';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import type { Order } from '../support/shop/order';
import { Scrape } from '../support/scrape';
import { Shop, SERVICES } from '../support/shop/shop';
import { describeOn } from '../support/shop/target';

const QUEUE = 'email.order_events';
const SHORT_LADDER = { ...DEFAULT_QUEUE_SETTINGS, retryDelaysMs: [100, 200] };

describe('An operator whose mail server refuses mails for longer than the ladder', () => {
  let shop: Shop;
  let mailServer: MailServer;
  let alerts: RunningCommand;
  let order: Order;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer, queues: SHORT_LADDER }));
    alerts = closing(new RunningCommand(shop.broker.url, 'alerts', 'error'));
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

    it.each(SERVICES)('that %s is connected and consumes', async (service) => {
      const scraped = await scrape(service);
      expect(scraped.by('connection', 'amqp_connection_open')).toEqual({ publishing: 1, consuming: 1 });
      expect(scraped.sum('messaging_consumer_paused')).toBe(0);
    });
  });
});
