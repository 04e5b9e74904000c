import { randomUUID } from 'node:crypto';
import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { eventually } from '../../../../test/support/eventually';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { OnEvent } from '../handlers/on-event.decorator';
import { AmbiguousDelivery, DeliveryInProgress } from './ambiguous-delivery';
import { deliveryKey } from '../pipeline/delivery-key';
import { received } from '../../../../test/support/received';
import { DatabaseAvailability } from '@app/persistence';
import { Deliveries, UNFINISHED_LIMIT } from './deliveries';
import { DeliveryLog } from './delivery-log';
import { KillsItsProcess } from './kills-its-process';

/** A provider that is called with the key of the delivery. */
@Injectable()
class Texts {
  readonly keys: string[] = [];
  /** How the provider's first calls fail. */
  readonly failures: Error[] = [];

  @OnEvent(OrderConfirmed)
  async confirmed(_order: OrderConfirmed): Promise<void> {
    this.keys.push(deliveryKey());
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    await Promise.resolve();
  }
}

describe(DeliveryLog.name, () => {
  let harness: MessagingHarness;
  let sut: DeliveryLog;
  let texts: Texts;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'sms',
      listensTo: ORDER_EVENTS,
      receiver: DeliveryLog,
      handlers: [Texts],
      environment: { RETRY_DELAYS_MS: '100,200', STATEMENT_TIMEOUT_MS: '500' },
    });
    sut = harness.app.get(DeliveryLog);
    texts = harness.app.get(Texts);
  });
  afterAll(() => harness.close());
  beforeEach(() => {
    texts.keys.length = 0;
  });

  interface Row {
    state: string;
    attempts: number;
    leased: boolean;
  }
  const rowOf = async (messageId: string): Promise<Row | undefined> => {
    const columns = 'state, attempts, lease_until > now() as leased';
    const [row] = await harness.database.query<Row>(
      `select ${columns} from deliveries where message_id = $1`,
      [messageId],
    );
    return row;
  };

  const receiveAs = async (
    consumer: string,
    id: string,
    work: () => Promise<void>,
    by = sut,
  ): Promise<void> => {
    await by.handle([received({ consumer, id })], async (messages) => {
      await work();
      return messages.map(() => 'done');
    });
  };
  const receive = (id: string, work: () => Promise<void>) => receiveAs('sms', id, work);
  /** As another process would, which knows nothing of this one. */
  const receiveElsewhere = (id: string, work: () => Promise<void>) => {
    const { app } = harness;
    const other = new DeliveryLog(app.get(Deliveries), app.get(DatabaseAvailability));
    return receiveAs('sms', id, work, other);
  };
  const never = () => Promise.reject(new Error('called the provider again'));

  it('commits that it sends before the call, and that it has sent after it', async () => {
    const id = randomUUID();
    await receive(id, async () => {
      await expect(rowOf(id)).resolves.toEqual({ state: 'sending', attempts: 1, leased: true });
    });
    await expect(rowOf(id)).resolves.toEqual({ state: 'sent', attempts: 1, leased: false });
  });

  it('sends nothing again that was sent', async () => {
    const id = randomUUID();
    await receive(id, () => Promise.resolve());
    await expect(receive(id, never)).resolves.toBeUndefined();
    await expect(rowOf(id)).resolves.toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('refuses a message that another process has in hand', async () => {
    const id = randomUUID();
    const { held, release } = latch();
    const first = receive(id, () => held);
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ leased: true }));
    await expect(receiveElsewhere(id, never)).rejects.toThrow(DeliveryInProgress);
    release();
    await first;
    await expect(receive(id, never)).resolves.toBeUndefined();
  });

  it('lets one of many calls at once send', async () => {
    const id = randomUUID();
    let calls = 0;
    const work = () => Promise.resolve(void (calls += 1));
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => receiveElsewhere(id, work)));
    expect(calls).toBe(1);
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(DeliveryInProgress);
  });

  it('sends again for a process that was killed, once its lease has ended', async () => {
    const id = randomUUID();
    await harness.database.query(
      `insert into deliveries (consumer, message_id, state, lease_until) values ('sms', $1, 'sending', now() + interval '30 seconds')`,
      [id],
    );
    await expect(receive(id, never)).rejects.toThrow(DeliveryInProgress);
    await harness.database.query('update deliveries set lease_until = now() where message_id = $1', [id]);
    await receive(id, () => Promise.resolve());
    await expect(rowOf(id)).resolves.toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('gives up its lease when the provider has refused, so that the retry need not wait', async () => {
    const id = randomUUID();
    await expect(receive(id, () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
    await expect(rowOf(id)).resolves.toEqual({ state: 'sending', attempts: 0, leased: false });
    await receive(id, () => Promise.resolve());
    await expect(rowOf(id)).resolves.toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('records as unknown what the provider never answered, and sends it again', async () => {
    const id = randomUUID();
    await expect(receive(id, () => Promise.reject(new AmbiguousDelivery('no answer')))).rejects.toThrow(
      'no answer',
    );
    await expect(rowOf(id)).resolves.toEqual({ state: 'unknown', attempts: 0, leased: false });
    await receive(id, () => Promise.resolve());
    await expect(rowOf(id)).resolves.toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('gives up a message that has killed every process that had it, and begins anew when that is redriven', async () => {
    const id = randomUUID();
    await harness.database.query(
      `insert into deliveries (consumer, message_id, state, attempts, lease_until) values ('sms', $1, 'sending', $2, now())`,
      [id, UNFINISHED_LIMIT],
    );
    await expect(receive(id, never)).rejects.toThrow(KillsItsProcess);
    await receive(id, () => Promise.resolve());
    await expect(rowOf(id)).resolves.toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('counts no attempt that failed as one that killed its process', async () => {
    const id = randomUUID();
    for (let count = 0; count <= UNFINISHED_LIMIT; count += 1)
      await expect(receive(id, () => Promise.reject(new Error('busy')))).rejects.toThrow('busy');
  });

  it('counts each consumer by itself', async () => {
    const id = randomUUID();
    let calls = 0;
    for (const consumer of ['sms', 'statistics'])
      await receiveAs(consumer, id, () => Promise.resolve(void (calls += 1)));
    expect(calls).toBe(2);
  });

  it('waits for a database that went away during the call, and does not send a second time', async () => {
    const id = randomUUID();
    let calls = 0;
    const sending = receive(id, () => {
      calls += 1;
      harness.postgres.cut();
      return Promise.resolve();
    });
    await eventually(() => expect(harness.log.join('\n')).toContain('The database is not available'));
    harness.postgres.restore();
    await sending;
    await receive(id, never);
    expect(calls).toBe(1);
  });

  it('waits where its table was locked during the call, and does not send a second time', async () => {
    const id = randomUUID();
    await receive(id, () => harness.database.lock('deliveries', 1.5));
    await expect(rowOf(id)).resolves.toEqual({ state: 'sent', attempts: 1, leased: false });
    await receive(id, never);
  });

  it('forgets deliveries after 30 days', async () => {
    const [old, recent] = [randomUUID(), randomUUID()];
    for (const id of [old, recent]) await receive(id, () => Promise.resolve());
    const age = `update deliveries set updated_at = now() - interval '30 days 1 hour' where message_id = $1`;
    await harness.database.query(age, [old]);
    await sut.forgetOld();
    await expect(Promise.all([old, recent].map(rowOf))).resolves.toEqual([
      undefined,
      expect.objectContaining({ state: 'sent' }),
    ]);
  });

  it('retries a message from the queue under the same key until it is sent', async () => {
    texts.failures.push(new AmbiguousDelivery('no answer'), new Error('busy'));
    const id = harness.send(OrderConfirmed, orderConfirmed());
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'sent', attempts: 1 }));
    expect(texts.keys).toEqual([id, id, id]);
  });
});
