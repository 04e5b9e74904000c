import { randomUUID } from 'node:crypto';
import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { eventually } from '../../../../infra/eventually';
import { latch, MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { OnEvent } from '../handlers/on-event.decorator';
import { AmbiguousSend, NotSent } from '../provider/send-errors';
import { SendMetrics } from '../provider/send-metrics';
import { Registry } from 'prom-client';
import { Scrape } from '../../../../test/support/scrape';
import { PermanentError } from '../failures/permanent-error';
import { SendInProgress } from './send-in-progress';
import { idempotencyKey } from '../pipeline/idempotency-key';
import { received } from '../../../../test/support/received';
import { DatabaseAvailability } from '@app/persistence';
import { SendingLeases } from './sending-leases';
import { UNFINISHED_LIMIT } from './deliveries-table';
import { SentMessages } from './sent-messages';
import { KillsItsProcess } from './kills-its-process';

/** A provider that is called with the key of the delivery. */
@Injectable()
class Texts {
  readonly keys: string[] = [];
  /** How the provider's first calls fail. */
  readonly failures: Error[] = [];

  @OnEvent(OrderConfirmed)
  async confirmed(_order: OrderConfirmed): Promise<void> {
    this.keys.push(idempotencyKey());
    const failure = this.failures.shift();
    if (failure !== undefined) throw failure;
    await Promise.resolve();
  }
}

describe(SentMessages.name, () => {
  let harness: MessagingHarness;
  let sut: SentMessages;
  let texts: Texts;

  beforeAll(async () => {
    harness = await MessagingHarness.boot({
      service: 'sms',
      listensTo: ORDER_EVENTS,
      receiver: SentMessages,
      handlers: [Texts],
      environment: { RETRY_DELAYS_MS: '100,200', STATEMENT_TIMEOUT_MS: '500' },
    });
    sut = harness.app.get(SentMessages);
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

  const receiveMessage = async (
    message: Parameters<typeof received>[0],
    work: () => Promise<void>,
    by = sut,
  ): Promise<void> => {
    await by.handle([received({ consumer: 'sms', ...message })], async (messages) => {
      await work();
      return messages.map(() => 'done');
    });
  };
  const receive = (id: string, work: () => Promise<void>) => receiveMessage({ id }, work);
  /** Another process, which knows nothing of this one. */
  const elsewhere = () => {
    const { app } = harness;
    return new SentMessages(app.get(SendingLeases), app.get(DatabaseAvailability), app.get(SendMetrics));
  };
  const receiveElsewhere = (id: string, work: () => Promise<void>) =>
    receiveMessage({ id }, work, elsewhere());
  const never = () => Promise.reject(new Error('called the provider again'));

  it('commits that it sends before the call, and that it has sent after it', async () => {
    const id = randomUUID();
    await receive(id, async () => {
      await expect(rowOf(id)).resolves.toEqual({ state: 'sending', attempts: 1, leased: true });
    });
    await expect(rowOf(id)).resolves.toEqual({ state: 'sent', attempts: 1, leased: false });
  });

  it('is measured by what became of the call', async () => {
    const counts = async () =>
      (await Scrape.from(harness.app.get(Registry))).by('outcome', 'provider_send_duration_seconds_count');
    const before = await counts();
    const failures = [
      new PermanentError('no such number'),
      new AmbiguousSend('no answer'),
      new NotSent('busy'),
    ];
    await receive(randomUUID(), () => Promise.resolve());
    for (const failure of failures)
      await expect(receive(randomUUID(), () => Promise.reject(failure))).rejects.toThrow(failure);
    const { sent = 0, refused = 0, unknown = 0, not_sent = 0 } = before;
    const one = { sent: sent + 1, refused: refused + 1, unknown: unknown + 1, not_sent: not_sent + 1 };
    await expect(counts()).resolves.toEqual({ ...before, ...one });
  });

  it('sends nothing again that was sent', async () => {
    const id = randomUUID();
    await receive(id, () => Promise.resolve());
    await expect(receive(id, never)).resolves.toBeUndefined();
    await expect(rowOf(id)).resolves.toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('refuses a message that another process is sending', async () => {
    const id = randomUUID();
    const { held, release } = latch();
    const first = receive(id, () => held);
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ leased: true }));
    await expect(receiveElsewhere(id, never)).rejects.toThrow(SendInProgress);
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
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(SendInProgress);
  });

  it('sends again for a process that was killed, once its lease has ended', async () => {
    const id = randomUUID();
    await harness.database.query(
      `insert into deliveries (consumer, message_id, state, lease_until) values ('sms', $1, 'sending', now() + interval '30 seconds')`,
      [id],
    );
    await expect(receive(id, never)).rejects.toThrow(SendInProgress);
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
    await expect(receive(id, () => Promise.reject(new AmbiguousSend('no answer')))).rejects.toThrow(
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
      await receiveMessage({ consumer, id }, () => Promise.resolve(void (calls += 1)));
    expect(calls).toBe(2);
  });

  describe('with news of one order', () => {
    const busy = () => Promise.reject(new Error('busy'));
    const newsOf = (orderId: string, version: number) => ({ id: randomUUID(), order: { orderId, version } });
    /** Two events of an order, the older one first. */
    const twoNews = () => {
      const orderId = randomUUID();
      return [newsOf(orderId, 1), newsOf(orderId, 2)] as const;
    };
    const isStale = async (id: string): Promise<boolean | null | undefined> => {
      const rows = await harness.database.query<{ stale: boolean | null }>(
        'select stale from deliveries where message_id = $1',
        [id],
      );
      return rows[0]?.stale;
    };
    const done = () => Promise.resolve();

    it('does not send what is older than what was sent, and says so', async () => {
      const [received, confirmed] = twoNews();
      await expect(receiveMessage(received, busy)).rejects.toThrow('busy');
      await receiveMessage(confirmed, done);
      for (const _time of ['at first', 'repeated']) await receiveMessage(received, never);
      await expect(isStale(received.id)).resolves.toBe(true);
      await expect(rowOf(received.id)).resolves.toEqual({ state: 'sent', attempts: 0, leased: false });
      const { orderId } = received.order;
      expect(
        harness.log.filter((line) => line.includes(orderId) && line.includes('is not sent')),
      ).toHaveLength(1);
    });

    it('does not send what comes for the first time after newer news was sent', async () => {
      const [received, confirmed] = twoNews();
      await receiveMessage(confirmed, done);
      await receiveMessage(received, never);
      await expect(isStale(received.id)).resolves.toBe(true);
      await expect(rowOf(received.id)).resolves.toEqual({ state: 'sent', attempts: 0, leased: false });
    });

    it('sends both in their order, whichever process has sent the first', async () => {
      const [received, confirmed] = twoNews();
      let calls = 0;
      for (const news of [received, confirmed])
        await receiveMessage(news, () => Promise.resolve(void (calls += 1)), elsewhere());
      expect(calls).toBe(2);
      await expect(Promise.all([received, confirmed].map(({ id }) => isStale(id)))).resolves.toEqual([
        false,
        false,
      ]);
    });

    it('sends the older one where the newer one failed, and then the newer one', async () => {
      const [received, confirmed] = twoNews();
      await expect(receiveMessage(confirmed, busy)).rejects.toThrow('busy');
      for (const news of [received, confirmed]) await receiveMessage(news, done);
      await expect(isStale(received.id)).resolves.toBe(false);
      await expect(rowOf(confirmed.id)).resolves.toMatchObject({ state: 'sent', attempts: 1 });
    });

    it('sends the older one where it is not known whether the newer one was sent', async () => {
      const [received, confirmed] = twoNews();
      const noAnswer = () => Promise.reject(new AmbiguousSend('no answer'));
      await expect(receiveMessage(confirmed, noAnswer)).rejects.toThrow('no answer');
      await receiveMessage(received, done);
      await expect(isStale(received.id)).resolves.toBe(false);
    });

    it.each(['newer', 'older'])(
      'lets the %s one wait while another process sends the other one',
      async (age) => {
        const [older, newer] = twoNews();
        const [waiting, other] = age === 'newer' ? [newer, older] : [older, newer];
        const { held, release } = latch();
        const first = receiveMessage(other, () => held);
        await eventually(async () => expect(await rowOf(other.id)).toMatchObject({ leased: true }));
        await expect(receiveMessage(waiting, never, elsewhere())).rejects.toThrow(SendInProgress);
        await expect(rowOf(waiting.id)).resolves.toBeUndefined();
        release();
        await first;
      },
    );

    it('lets neither another order nor another consumer wait', async () => {
      const [received, confirmed] = twoNews();
      const { held, release } = latch();
      const first = receiveMessage(confirmed, () => held);
      await eventually(async () => expect(await rowOf(confirmed.id)).toMatchObject({ leased: true }));
      await receiveMessage(newsOf(randomUUID(), 1), done, elsewhere());
      await receiveMessage({ ...received, consumer: 'statistics' }, done, elsewhere());
      await expect(isStale(received.id)).resolves.toBe(false);
      release();
      await first;
    });

    it('goes on with what a replica of the version before has begun, and tells it from newer news', async () => {
      const [received, confirmed] = twoNews();
      await harness.database.query(
        `insert into deliveries (consumer, message_id, state, lease_until) values ('sms', $1, 'unknown', now())`,
        [confirmed.id],
      );
      await receiveMessage(confirmed, done);
      await expect(rowOf(confirmed.id)).resolves.toMatchObject({ state: 'sent', attempts: 2 });
      await receiveMessage(received, never);
      await expect(isStale(received.id)).resolves.toBe(true);
    });

    it('finds the other news of an order by an index, however many orders there are', async () => {
      await harness.database.query(
        `insert into deliveries (consumer, message_id, order_id, order_version, state, lease_until)
         select 'sms', 'filled ' || n, gen_random_uuid(), 1, 'sent', now() from generate_series(1, 20000) n`,
      );
      // Not analysed, as the table of a service that was started just now.
      const before = await scans();
      const [received, confirmed] = twoNews();
      for (const news of [received, confirmed]) await receiveMessage(news, done);
      await eventually(async () => expect((await scans()).byOrder).toBeGreaterThan(before.byOrder));
      // A look at the whole table reads that many; what other tests have read may be counted late.
      expect((await scans()).rowsRead - before.rowsRead).toBeLessThan(20_000);
    });

    /** How often the table was read by the index of orders, and how many rows were read without it. */
    const scans = async () => {
      const [row] = await harness.database.query<{ byOrder: number; rowsRead: number }>(
        `select by_order.idx_scan::int as "byOrder", (of_all.seq_tup_read + by_id.idx_tup_read)::int as "rowsRead"
         from pg_stat_user_tables as of_all
         join pg_stat_user_indexes as by_order using (relid) join pg_stat_user_indexes as by_id using (relid)
         where by_order.indexrelname = 'deliveries_order_id' and by_id.indexrelname = 'deliveries_pkey'`,
      );
      if (row === undefined) throw new Error('There is no such index');
      return row;
    };
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
    const age = 'update deliveries set updated_at = now() - $2::interval where message_id = $1';
    await harness.database.query(age, [old, '30 days 1 hour']);
    await harness.database.query(age, [recent, '29 days 23 hours']);
    await sut.forgetOld();
    await expect(Promise.all([old, recent].map(rowOf))).resolves.toEqual([
      undefined,
      expect.objectContaining({ state: 'sent' }),
    ]);
  });

  it('retries a message from the queue under the same key until it is sent', async () => {
    texts.failures.push(new AmbiguousSend('no answer'), new Error('busy'));
    const id = harness.send(OrderConfirmed, orderConfirmed());
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ state: 'sent', attempts: 1 }));
    expect(texts.keys).toEqual([id, id, id]);
  });

  it('calls the provider with a key of its own for each producer, though the ids of their events are the same', async () => {
    const id = randomUUID();
    for (const source of ['/order-api', '/till', '/webshop']) {
      const data = orderConfirmed();
      harness.sendBody(ORDER_EVENTS, { specversion: '1.0', id, source, type: OrderConfirmed.type, data });
    }
    await eventually(() => expect(texts.keys).toHaveLength(3));
    expect(texts.keys.toSorted()).toEqual([id, `["/till","${id}"]`, `["/webshop","${id}"]`].toSorted());
  });
});
