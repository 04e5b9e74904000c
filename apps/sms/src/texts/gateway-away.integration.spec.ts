import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { SentMessages } from '@app/messaging';
import { eventually } from '../../../../infra/eventually';
import { MessagingHarness, orderConfirmed } from '../../../../test/support/messaging-harness';
import { OutageWatch, shortenPauses } from '../../../../test/support/outage-watch';
import { OrderTexts } from './order-texts.subscriber';
import { TextSender } from './text-sender';
import { TwilioConfig } from './twilio.config';
import { TwilioTextSender } from './twilio-text-sender';

/** The whole retry ladder takes 0.6 s. Before the third probe there are pauses of 0.25, 0.5 and 1 s. */
const RETRY_DELAYS_MS = '200,400';
const PROBES = 3;

const NO_NUMBER = '+15550000000';

/** Where our account may not send to. */
const FORBIDDEN = '+15559999999';

const ANSWERS: Readonly<Record<string, number>> = { [NO_NUMBER]: 400, [FORBIDDEN]: 403 };

/** An SMS gateway that a test stops, and that answers as it is told. */
class BreakableGateway {
  readonly texted: string[] = [];
  /** The status for everything; otherwise all is well but for `NO_NUMBER`. */
  status?: number;
  private port = 0;
  private server: Server;

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        const to = new URLSearchParams(body).get('To');
        const status = this.status ?? ANSWERS[to ?? ''] ?? 200;
        if (status === 200 && to !== null) this.texted.push(to);
        response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((listening) => this.server.listen(this.port, '127.0.0.1', listening));
    this.port = this.address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private get address(): AddressInfo {
    const address = this.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('It does not listen.');
    return address;
  }
}

describe('An SMS gateway that is away', () => {
  const gateway = new BreakableGateway();
  let harness: MessagingHarness;
  let watch: OutageWatch;
  let numbers = 0;

  beforeAll(async () => {
    shortenPauses();
    await gateway.start();
    const twilio: TwilioConfig = {
      smsGatewayUrl: gateway.url,
      twilioAccountSid: `AC${'0'.repeat(32)}`,
      twilioAuthToken: 'secret',
      smsFrom: '+15557122661',
    };
    harness = await MessagingHarness.boot({
      service: 'sms',
      listensTo: ORDER_EVENTS,
      receiver: SentMessages,
      environment: { RETRY_DELAYS_MS },
      handlers: [
        OrderTexts,
        { provide: TwilioConfig, useValue: twilio },
        { provide: TextSender, useClass: TwilioTextSender },
      ],
    });
    watch = await OutageWatch.of(harness, ['sms.order_events']);
    await watch.untilConsuming();
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await harness.close();
    await gateway.stop();
  });
  beforeEach(async () => {
    gateway.texted.length = 0;
    await watch.forget();
  });

  const order = (phone = `+1555${String((numbers += 1)).padStart(7, '0')}`): string => {
    const event = orderConfirmed();
    harness.send(OrderConfirmed, { ...event, customer: { ...event.customer, phone } });
    return phone;
  };
  const orders = (count: number): string[] => Array.from({ length: count }, () => order());
  const wereTextedOnce = (phones: readonly string[]) =>
    eventually(() => expect([...gateway.texted].sort()).toEqual([...phones].sort()), { within: 60_000 });
  const answerAll = (status?: number): void => {
    gateway.status = status;
  };

  it.each<[string, () => unknown, () => unknown]>([
    ['refuses connections', () => gateway.stop(), () => gateway.start()],
    ['answers 401 to everything', () => answerAll(401), () => answerAll()],
    ['answers 403 to everything', () => answerAll(403), () => answerAll()],
  ])(
    '%s: sms pauses, no attempt counts, and each text is sent once when it is back',
    async (_, begin, end) => {
      await begin();
      const phones = orders(12);
      await watch.untilPaused();
      await expect(watch.health()).resolves.toBe('degraded');
      await watch.untilProbed(PROBES);
      expect(await watch.failedAttempts()).toEqual(phones.map(() => 0));

      await end();
      await wereTextedOnce(phones);
      await watch.untilConsuming();
      await expect(watch.deadLetters()).resolves.toEqual([0]);
      await expect(watch.health()).resolves.toBe('up');
      expect(await watch.alerts()).toEqual(['PROVIDER_AWAY', 'PROVIDER_BACK']);
    },
  );

  it('answers 503 to everything: ten failures begin the outage, and no text is given up', async () => {
    answerAll(503);
    const phones = orders(12);
    await watch.untilPaused();
    await watch.untilProbed(PROBES);
    expect((await watch.failedAttempts()).filter((attempts) => attempts > 0)).toEqual(Array(9).fill(1));

    answerAll();
    await wereTextedOnce(phones);
    await expect(watch.deadLetters()).resolves.toEqual([0]);
  });

  it('refuses one number again and again: those are dead letters, and the others go on', async () => {
    const phones = Array.from({ length: 5 }, () => [
      order(),
      order(NO_NUMBER),
      order(NO_NUMBER),
      order(NO_NUMBER),
    ]);
    await wereTextedOnce(phones.flat().filter((phone) => phone !== NO_NUMBER));
    await eventually(async () => expect(await watch.deadLetters()).toEqual([15]));
    await watch.untilConsuming();
    expect(await watch.alerts()).not.toContain('PROVIDER_AWAY');
  });

  it('answers 403 to one number alone: that is a dead letter, and the others go on', async () => {
    order(FORBIDDEN);
    const phones = orders(12);
    await wereTextedOnce(phones);
    await eventually(async () => expect(await watch.deadLetters()).toEqual([1]));
    await watch.untilConsuming();
    expect(await watch.alerts()).not.toContain('PROVIDER_AWAY');
  });
});
