import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { ProcessLedger } from '../../infra/processes/process-ledger';
import { Suite } from '../../tools/launcher/suite/suite';
import { eventually } from '../../infra/eventually';
import { call, read } from '../../infra/http';
import { MailServer } from '../support/shop/mail-server';
import { anOrder, type Order } from '../support/shop/order';
import { describeOn } from '../support/shop/target';

/** So long that no statement ends by itself before the stop is over. */
const PATIENT = { LOG_LEVEL: 'warn', STATEMENT_TIMEOUT_MS: '60000' };

/** How long a delivery that was begun belongs to the process that began it. */
const LEASE_MS = 30_000;

describeOn(['local'], 'it holds processes of this machine still')(
  'A service that is asked to stop while its work hangs',
  () => {
    const dataFolder = resolve('.data', 'test', `hanging-${randomUUID().slice(0, 8)}`);
    let mailServer: MailServer;
    let suite: Suite;
    let mailed: Order;

    beforeAll(async () => {
      mailServer = await MailServer.start();
      mailServer.breakWith({ kind: 'hang', afterAccepting: true });
      const ledger = new ProcessLedger(dataFolder);
      globalThis.onExit?.(() => ledger.killAll());
      suite = await Suite.start({
        dataFolder,
        ledger,
        fsync: false,
        env: { 'order-api': PATIENT, inventory: PATIENT, email: { SMTP_URL: mailServer.url } },
      });
    });

    afterAll(async () => {
      await suite.remove();
      rmSync(dataFolder, { recursive: true, force: true });
      await mailServer.stop();
    });

    const orders = () => `${suite.services.get('order-api').url}/orders`;
    const placeOrder = async (): Promise<Order> => {
      const order: Order = await read(orders(), { method: 'POST', body: anOrder({ KAZOO: 1 }) });
      return order;
    };

    /** Of that order, and with this word. */
    const mailsOf = (word: string) =>
      mailServer.received.filter(({ title }) => title.includes(mailed.id) && title.includes(word));

    /** Locks a table, and waits until a statement waits for the lock; resolves with what ends the lock. */
    const lock = async (database: string, table: string, want: () => Promise<unknown>) => {
      const administrator = new Client({ connectionString: suite.postgres.url(database) });
      administrator.on('error', () => undefined);
      await administrator.connect();
      await administrator.query('begin');
      await administrator.query(`lock table ${table} in access exclusive mode`);
      const wanted = await want();
      const waiting = `select 1 from pg_locks where relation = '${table}'::regclass and not granted`;
      await eventually(async () => expect((await administrator.query(waiting)).rowCount).toBeGreaterThan(0));
      return { wanted, unlock: () => administrator.end() };
    };

    const expectCleanStop = async (name: string): Promise<void> => {
      const asked = performance.now();
      expect(await suite.services.get(name).stop()).toEqual({ code: 0, signal: null });
      expect(performance.now() - asked).toBeLessThan(10_000);
    };

    it('email does not wait for a mail server that does not answer', async () => {
      mailed = await placeOrder();
      await eventually(() => expect(mailsOf('received')).toHaveLength(1));
      await expectCleanStop('email');
      mailServer.repair();
      await suite.services.get('email').start();
    });

    it('inventory does not wait for a transaction that hangs; the next process handles its message', async () => {
      const { wanted, unlock } = await lock('inventory', 'stock', placeOrder);
      await expectCleanStop('inventory');
      await unlock();
      await suite.services.get('inventory').start();
      const { id } = Object(wanted);
      await eventually(async () => expect((await call(`${orders()}/${id}`)).body.status).toBe('confirmed'));
    });

    it('order-api does not wait for a request that hangs', async () => {
      const asking = () => {
        const answer = call(orders(), { method: 'POST', body: anOrder({ KAZOO: 1 }) });
        return Promise.resolve({ failed: answer.catch((error: unknown) => error) });
      };
      const { wanted, unlock } = await lock('orders', 'orders', asking);
      await expectCleanStop('order-api');
      expect(await Object(wanted).failed).toBeInstanceOf(Error);
      await unlock();
      await suite.services.get('order-api').start();
    });

    it('email has told of the decision, when the lease of the process that was stopped had ended', async () => {
      await eventually(() => expect(mailsOf('confirmed')).toHaveLength(1), { within: LEASE_MS + 10_000 });
      // The receipt comes once more, unless the decision was quicker: then it is stale.
      const [first, second] = mailsOf('').map(({ at }) => at);
      expect(Number(second) - Number(first)).toBeGreaterThan(LEASE_MS - 1_000);
    });

    it('none waits for a broker that does not answer', async () => {
      const { pid = NaN } = suite.broker;
      process.kill(pid, 'SIGSTOP');
      try {
        await placeOrder();
        await Promise.all(['order-api', 'inventory', 'email', 'sms'].map(expectCleanStop));
      } finally {
        process.kill(pid, 'SIGCONT');
      }
    });
  },
);
