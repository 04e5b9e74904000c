import { randomInt } from 'node:crypto';
import { eventually } from '../support/eventually';
import { remark } from '../support/faults/figures';
import { carryOut, killPlan } from '../support/faults/kill-plan';
import { load } from '../support/faults/load';
import { SeededRandom } from '../support/faults/seeded-random';
import { underLoad } from '../support/faults/under-load';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import type { Wish } from '../support/shop/order';
import { Shop } from '../support/shop/shop';
import { TextRecorder } from '../support/shop/text-recorder';

const SEED = Number(process.env.SEED ?? randomInt(1_000_000));
const ORDERS = Number(process.env.ORDERS ?? load({ full: 20_000, short: 2_000 }));
const KILLS_OF_EACH = 2;

const HOUR_MS = 3_600_000;

describe(`Soak (SEED=${SEED}): every component is killed ${KILLS_OF_EACH} times in random order`, () => {
  let shop: Shop;
  let mailServer: MailServer;
  let texts: TextRecorder;

  beforeAll(async () => {
    mailServer = await MailServer.start();
    texts = await TextRecorder.start();
    shop = await Shop.open({
      mailServer,
      texts,
      broker: 'own',
      env: { sms: { SMS_GATEWAY_URL: texts.url } },
    });
    texts.passOnTo(shop.suite.smsUrl);
  });

  afterAll(async () => {
    await shop.close();
    await texts.stop();
    await mailServer.stop();
  });

  it(
    `${ORDERS} orders, and the books are right`,
    async () => {
      const plan = killPlan(SEED, KILLS_OF_EACH, ORDERS);
      remark(`SEED=${SEED}: ${plan.map(({ component }) => component).join(', ')}`);
      const kills = async (): Promise<void> => {
        for (const kill of plan) {
          const goal = shop.accepted.size + kill.afterOrders;
          await eventually(() => shop.accepted.size >= goal, { within: 300_000 });
          process.stdout.write(`${shop.accepted.size} accepted; kills ${kill.component}\n`);
          await carryOut(kill, shop, mailServer);
        }
      };
      await underLoad(shop, kills, { orders: ORDERS, customers: 40, wish: wishes(), within: HOUR_MS });
      const figures = await invariant(shop, { within: HOUR_MS });
      expect(figures.lost).toBe(0);
      expect(figures.accepted).toBeGreaterThanOrEqual(ORDERS);
      expect(shop.crashes).toEqual([]);
    },
    2 * HOUR_MS,
  );
});

/** Nine of ten orders are for a product that does not sell out; the others are for two that soon do. */
function wishes(): () => Wish {
  const random = new SeededRandom(SEED);
  return (): Wish =>
    random.next() < 0.9
      ? { 'PAPER-CLIP': random.between(1, 5) }
      : { 'RUBBER-CHICKEN': 1, 'YO-YO': random.between(1, 3) };
}
