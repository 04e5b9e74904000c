import { INVENTORY_EVENTS, ORDER_EVENTS, queueName } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { isFull, load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { SERVICES, Shop } from '../support/shop/shop';

/** In the short run, the one that takes orders and one whose repeats a customer would see. */
const STOPPED = isFull ? SERVICES : ['order-api', 'email'];

/** The providers take each mail and text at once, and answer late: a service that does not wait for the answers repeats the sends. */
const SLOW = { kind: 'delay', delayMs: 1_000, afterAccepting: true } as const;

const NOTHING_LOST_OR_REPEATED = { lost: 0, unanswered: 0, repeatedMails: 0, repeatedTexts: 0 };

describe('Fault 20: a service is asked to stop under load', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  /** The work is done while answers of the providers are still to come. */
  const whileSending = async (work: () => Promise<unknown>): Promise<void> => {
    mailServer.breakWith(SLOW);
    await shop.gateway.breakWith(SLOW);
    await eventually(() => mailServer.struck > 0);
    await work();
    mailServer.repair();
    await shop.gateway.repair();
  };

  it.each(STOPPED)(
    '%s ends with code 0 within 10 s, loses nothing and repeats nothing',
    async (name) => {
      const service = shop.suite.services.get(name);
      const stopAndStart = async (): Promise<void> => {
        await shop.untilMoreAccepted(50);
        await whileSending(async () => {
          const asked = performance.now();
          expect(await service.stop()).toEqual({ code: 0, signal: null });
          expect(performance.now() - asked).toBeLessThan(10_000);
        });
        await service.start();
      };
      await underLoad(shop, stopAndStart, { orders: load({ full: 500 }), thinksMs: 100 });
      const figures = await invariant(shop, { within: 300_000 });
      expect(figures).toMatchObject(NOTHING_LOST_OR_REPEATED);
      expect(await shop.broker.entered(queueName('email', ORDER_EVENTS))).toBe(figures.events);
      expect(await shop.broker.entered(queueName('order-api', INVENTORY_EVENTS))).toBe(figures.handled);
    },
    900_000,
  );
});
