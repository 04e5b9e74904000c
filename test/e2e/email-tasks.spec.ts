import { DEFAULT_QUEUE_SETTINGS, EMAIL_TASKS } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { closedAfterAll } from '../support/shop/closed-after-all';
import { MailServer, NOBODY } from '../support/shop/mail-server';
import { aCustomer } from '../support/shop/order';
import { Shop } from '../support/shop/shop';
import { target } from '../support/shop/target';

/** Longer than the broker's figures are old, by which a test sees that a message has entered the ladder. */
const LADDER = { ...DEFAULT_QUEUE_SETTINGS, retryDelaysMs: [300, 600, 1_200, 2_400] };

describe('Any program that puts a mail into the work queue email_tasks', () => {
  let shop: Shop;
  let mailServer: MailServer;
  const closing = closedAfterAll();

  beforeAll(async () => {
    mailServer = closing(await MailServer.start());
    const without = ['order-api', 'sms', 'sms-gateway'];
    shop = closing(await Shop.open({ mailServer, queues: LADDER, without }));
  });

  const aTask = (subject: string, to = aCustomer().email) => ({
    to,
    subject,
    content: 'Hello\n\nand goodbye',
  });
  const sent = async (subject: string) => (await mailServer.all()).filter(({ title }) => title === subject);

  it('has it sent, with plain JSON and a plain declaration of the queue', async () => {
    await shop.broker.enqueue(EMAIL_TASKS, aTask('From a script'));
    await eventually(async () => expect(await sent('From a script')).toHaveLength(1));
  });

  it('may send it again under its message id: it is one mail', async () => {
    for (let time = 0; time < 3; time += 1) {
      await shop.broker.enqueue(EMAIL_TASKS, aTask('Once'), { messageId: 'invoice-4711' });
    }
    await shop.broker.enqueue(EMAIL_TASKS, aTask('After that'));
    await eventually(async () => expect(await sent('After that')).toHaveLength(1));
    expect(await sent('Once')).toHaveLength(1);
  });

  it('finds what is no mail among the dead letters, at once, with the reason', async () => {
    await shop.broker.enqueue(
      EMAIL_TASKS,
      { to: 'nowhere', subject: 'Two\nlines' },
      { messageId: 'no-mail' },
    );
    const { properties } = await shop.broker.untilDead(EMAIL_TASKS, 'no-mail');
    expect(properties.headers).toMatchObject({ 'x-reason': 'INVALID_DATA', 'x-failed-attempts': 1 });
    expect(properties.headers['x-error']).toMatch(/to must be an email.*subject must be text.*content/);
  });

  it('finds a mail that the server refuses among the dead letters, at once', async () => {
    await shop.broker.enqueue(EMAIL_TASKS, aTask('Refused', NOBODY), { messageId: 'refused' });
    const { properties } = await shop.broker.untilDead(EMAIL_TASKS, 'refused');
    expect(properties.headers).toMatchObject({ 'x-failed-attempts': 1 });
  });

  it('has it sent as soon as the mail server is back, by the ladder', async () => {
    await mailServer.stop();
    await shop.broker.enqueue(EMAIL_TASKS, aTask('Patience'), { messageId: 'patience' });
    await eventually(async () =>
      expect(await shop.broker.entered('email_tasks.retry.300')).toBeGreaterThan(0),
    );
    await mailServer.start();
    await eventually(async () => expect(await sent('Patience')).toHaveLength(1), { within: 10_000 });
  });

  it('shares it among all running workers, who take one at a time', async () => {
    const { services } = shop.suite;
    await services.get('email').restart(); // so that all workers count from zero
    await services.startReplica('email');
    const workers = (target() === 'cluster' ? 3 : 1) + 1;
    await eventually(async () =>
      expect(await shop.broker.prefetchesOf(EMAIL_TASKS)).toEqual(Array(workers).fill(1)),
    );
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        shop.broker.enqueue(EMAIL_TASKS, aTask(`Mail ${index} of 20`)),
      ),
    );
    await eventually(async () => {
      const mails = (await mailServer.all()).filter(({ title }) => title.endsWith('of 20'));
      expect(mails).toHaveLength(20);
    });
    await eventually(async () => {
      const each = await shop.broker.acknowledgedByEach(EMAIL_TASKS);
      expect(each).toHaveLength(workers);
      expect(each.reduce((sum, count) => sum + count, 0)).toBe(20);
      expect(Math.min(...each)).toBeGreaterThan(0);
    });
    await shop.broker.quiet();
  });
});
