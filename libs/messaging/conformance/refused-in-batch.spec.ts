import { OrderRejected } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { Effects } from '../../../test/support/conformance/effects';
import { bootEmail, DEAD, type Email, QUEUE } from '../../../test/support/conformance/email';
import { hundredOrders, inOneBatch, ROOM_FOR_HUNDRED } from '../../../test/support/conformance/one-batch';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { RecordingSubscriber } from '../../../test/support/recording-subscriber';
import { PermanentError } from '../src/failures/permanent-error';
import { type EventOutcome, OnEvents, type ReceivedEvent } from '../src/handlers/on-events.decorator';
import { Batches } from '../src/consuming/batches';

class NoSuchMailbox extends PermanentError {
  override readonly code = 'NO_SUCH_MAILBOX';
}

/** Handles all rejections of a batch together, and refuses one order's. */
@Injectable()
class Rejections {
  readonly batches: number[] = [];
  refused?: string;
  leave: (...orderIds: string[]) => Promise<void>;

  @OnEvents(OrderRejected)
  async rejected(events: readonly ReceivedEvent<typeof OrderRejected>[]): Promise<readonly EventOutcome[]> {
    this.batches.push(events.length);
    const orderIds = events.map(({ data }) => data.orderId);
    await this.leave(...orderIds.filter((orderId) => orderId !== this.refused));
    return orderIds.map((orderId) =>
      orderId === this.refused ? { refused: new NoSuchMailbox('ada is unknown') } : 'done',
    );
  }
}

describe('An event that its handler refuses leaves its batch, and the others are committed together', () => {
  let email: Email;
  let rejections: Rejections;
  let effects: Effects;
  const orders = hundredOrders();
  const [refused = '', ...others] = orders.map(({ orderId }) => orderId);

  beforeAll(async () => {
    email = await bootEmail({ handlers: [RecordingSubscriber, Rejections], environment: ROOM_FOR_HUNDRED });
    rejections = email.harness.app.get(Rejections);
    effects = await Effects.of(email.harness);
    rejections.leave = (...orderIds) => effects.leave(...orderIds);
    rejections.refused = refused;
  });
  afterAll(() => email.harness.close());

  const isInInbox = async (id: string) =>
    (await email.harness.database.query('select 1 from inbox where message_id = $1', [id])).length === 1;

  it('in one transaction, while nothing remembers the refused one', async () => {
    const release = await inOneBatch(email, Batches.prototype, () => {
      for (const order of orders)
        email.harness.send(OrderRejected, { ...order, reason: 'Sold out' }, { messageId: order.orderId });
    });
    release();
    await eventually(async () => expect(await effects.all()).toEqual(others));
    expect(rejections.batches).toEqual([orders.length]);
    await expect(effects.transactions()).resolves.toBe(1);
    await expect(Promise.all(others.map(isInInbox))).resolves.not.toContain(false);
    await expect(isInInbox(refused)).resolves.toBe(false);
  });

  withQueues(DURABLE, () => {
    it('and the refused one is a dead letter, which has its effect when it is redriven', async () => {
      await eventually(async () => expect(await email.harness.waiting(DEAD)).toBe(1));
      const letter = await email.harness.take(DEAD);
      expect(letter?.properties).toMatchObject({
        messageId: refused,
        headers: { 'x-failed-attempts': 1, 'x-reason': 'NO_SUCH_MAILBOX' },
      });
      rejections.refused = undefined;
      email.harness.channel.sendToQueue(QUEUE, letter?.content ?? Buffer.alloc(0), { messageId: refused });
      await eventually(async () => expect(await effects.all()).toEqual([refused, ...others]));
      await expect(isInInbox(refused)).resolves.toBe(true);
    });
  });

  withQueues(['exclusive'], () => {
    it(`${DOES_NOT_HOLD}an exclusive queue has no dead letters, and the refusal is logged`, async () => {
      await eventually(() => expect(email.harness.log.join('\n')).toMatch(/failed, and dropped/));
    });
  });
});
