import type { ConfirmChannel } from 'amqplib';
import { openLesson, takeAll } from '../support/patterns/lesson';
import { tell, tellTable } from '../support/patterns/story';

const ORDERS = [
  { text: 'order 1', headers: { currency: 'EUR', express: true } },
  { text: 'order 2', headers: { currency: 'EUR', express: false } },
  { text: 'order 3', headers: { currency: 'USD', express: true, coupon: 'SPRING' } },
  { text: 'order 4', headers: { currency: 'USD', express: false } },
];

/** `all` wants every header of the binding, `any` at least one. `null` wants the header, whatever its value. */
const BINDINGS = {
  euros: { wants: { 'x-match': 'all', currency: 'EUR' }, receives: ['order 1', 'order 2'] },
  both: { wants: { 'x-match': 'all', currency: 'EUR', express: true }, receives: ['order 1'] },
  either: {
    wants: { 'x-match': 'any', currency: 'EUR', express: true },
    receives: ['order 1', 'order 2', 'order 3'],
  },
  coupons: { wants: { 'x-match': 'all', coupon: null }, receives: ['order 3'] },
};

describe('07 Headers', () => {
  const lesson = openLesson();
  let channel: ConfirmChannel;

  beforeAll(async () => {
    channel = await lesson.channel();
    await channel.assertExchange('orders', 'headers');
  });

  it('a headers exchange compares the headers of a message with those of the binding', async () => {
    for (const [queue, { wants }] of Object.entries(BINDINGS)) {
      await channel.assertQueue(queue);
      await channel.bindQueue(queue, 'orders', 'its key is ignored', wants);
    }
    for (const { text, headers } of ORDERS)
      channel.publish('orders', 'so is this one', Buffer.from(text), { headers });
    await channel.waitForConfirms();

    const rows: string[][] = [];
    for (const [queue, { wants, receives }] of Object.entries(BINDINGS)) {
      const received = await takeAll(channel, queue);
      rows.push([JSON.stringify(wants), received.join(', ')]);
      expect(received).toEqual(receives);
    }
    tellTable([['binding', 'receives'], ...rows]);
  });

  it('a number and a text are different values', async () => {
    await channel.assertQueue('version-2');
    await channel.bindQueue('version-2', 'orders', '', { 'x-match': 'all', version: 2 });
    for (const version of [2, '2'])
      channel.publish('orders', '', Buffer.from(JSON.stringify(version)), { headers: { version } });
    await channel.waitForConfirms();

    const received = await takeAll(channel, 'version-2');
    tell(`bound with version 2; published with 2 and "2"; received: ${received.join(', ')}`);
    expect(received).toEqual(['2']);
  });
});
