import { resolve } from 'node:path';
import { ORDER_EVENTS } from '@app/contracts';
import { load } from '../support/faults/load';
import { underLoad } from '../support/faults/under-load';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { invariant } from '../support/shop/invariant';
import { MailServer } from '../support/shop/mail-server';
import { SERVICES, Shop } from '../support/shop/shop';

const NEXT_VERSION = `--require "${resolve('test', 'support', 'faults', 'next-version.js')}"`;
const THIS_VERSION = '';

describe('Fault 21: all services are replaced by their next version, one process after the other', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    shop = closing(await Shop.open({ mailServer }));
  });

  /** Processes that start from now on. */
  const startWith = (service: string, options: string): void => {
    Object.assign(shop.env[service] ?? {}, { NODE_OPTIONS: options });
  };

  it('both versions work side by side: members, and events, that one of them does not know do no harm, nor does its schema', async () => {
    const watch = await shop.broker.watch(ORDER_EVENTS);
    const restart = async (service: string): Promise<void> => {
      expect(await shop.suite.services.get(service).stop()).toEqual({ code: 0, signal: null });
      await shop.suite.services.get(service).start();
      await shop.untilMoreAccepted(load() / 20);
    };
    const replaceAll = async (): Promise<void> => {
      for (const service of SERVICES) {
        startWith(service, NEXT_VERSION);
        await shop.suite.services.startReplica(service);
        startWith(service, THIS_VERSION);
        await restart(service);
        startWith(service, NEXT_VERSION);
      }
      for (const service of [...SERVICES].reverse()) await restart(service);
    };
    await underLoad(shop, replaceAll, { thinksMs: 500 });
    const figures = await invariant(shop, { within: 300_000 });
    expect(figures).toMatchObject({ lost: 0, unanswered: 0, repeated: 0 });

    const texts = watch.messages.map(({ content }) => content.toString());
    const created = texts.filter((text) => text.includes('"type":"order.created"'));
    const wrapped = created.filter((text) => text.includes('giftWrapped'));
    expect(wrapped.length).toBeGreaterThan(0);
    expect(created.length - wrapped.length).toBeGreaterThan(0);
    expect(texts.filter((text) => text.includes('"type":"order.wrapped"')).length).toBeGreaterThan(0);
    await watch.close();
  }, 900_000);
});
