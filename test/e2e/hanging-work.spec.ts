import { Client } from 'pg';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { MailServer } from '../support/shop/mail-server';
import { anOrder, type Order } from '../support/shop/order';
import { Shop } from '../support/shop/shop';
import { describeOn } from '../support/shop/target';

/** So long that no statement ends by itself before the stop is over. */
const PATIENT = { STATEMENT_TIMEOUT_MS: '60000' };

/** How long a delivery that was begun belongs to the process that began it. */
const LEASE_MS = 30_000;

describeOn(['local'], 'it holds processes of this machine still')(
  'A service that is asked to stop while its work hangs',
  () => {
    let mailServer: MailServer;
    let shop: Shop;
    let mailed: Order;
    const closing = closedAfterAll();

    beforeAll(async () => {
      mailServer = closing(await MailServer.start());
      mailServer.breakWith({ kind: 'hang', afterAccepting: true });
      const env = { 'order-api': PATIENT, inventory: PATIENT };
      shop = closing(await Shop.open({ broker: 'own', mailServer, env }));
    });

    const placeOrder = () => shop.placeOrder({ KAZOO: 1 });

    /** Of that order, and with this word. */
    const mailsOf = (word: string) =>
      mailServer.received.filter(({ title }) => title.includes(mailed.id) && title.includes(word));

    /** Locks a table, and waits until a statement waits for the lock; resolves with what ends the lock. */
    const lock = async <Wanted>(database: string, table: string, want: () => Promise<Wanted>) => {
      const administrator = new Client({ connectionString: shop.suite.postgres.url(database) });
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
      expect(await shop.suite.services.get(name).stop()).toEqual({ code: 0, signal: null });
      expect(performance.now() - asked).toBeLessThan(10_000);
    };

    it('email does not wait for a mail server that does not answer', async () => {
      mailed = await placeOrder();
      await eventually(() => expect(mailsOf('received')).toHaveLength(1));
      await expectCleanStop('email');
      mailServer.repair();
      await shop.suite.services.get('email').start();
    });

    it('inventory does not wait for a transaction that hangs; the next process handles its message', async () => {
      const { wanted, unlock } = await lock('inventory', 'stock', placeOrder);
      await expectCleanStop('inventory');
      await unlock();
      await shop.suite.services.get('inventory').start();
      await shop.untilOrder(wanted.id, 'confirmed', { within: 20_000 });
    });

    it('order-api does not wait for a request that hangs', async () => {
      const asking = () => {
        const answer = shop.ask(anOrder({ KAZOO: 1 }));
        return Promise.resolve({ failed: answer.catch((error: unknown) => error) });
      };
      const { wanted, unlock } = await lock('orders', 'orders', asking);
      await expectCleanStop('order-api');
      expect(await wanted.failed).toBeInstanceOf(Error);
      await unlock();
      await shop.suite.services.get('order-api').start();
    });

    it('email has told of the decision, when the lease of the process that was stopped had ended', async () => {
      await eventually(() => expect(mailsOf('confirmed')).toHaveLength(1), { within: LEASE_MS + 10_000 });
      // The receipt comes once more, unless the decision was quicker: then it is stale.
      const [first, second] = mailsOf('').map(({ at }) => at);
      expect(Number(second) - Number(first)).toBeGreaterThan(LEASE_MS - 1_000);
    });

    it('none waits for a broker that does not answer', async () => {
      const { pid = NaN } = shop.suite.broker;
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
