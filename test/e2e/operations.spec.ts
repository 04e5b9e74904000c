import { DEFAULT_QUEUE_SETTINGS, ORDER_EVENTS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { command, RunningCommand } from '../support/shop/command';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import type { Order } from '../support/shop/order';
import { Shop } from '../support/shop/shop';

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
});
