import { ORDER_EVENTS, OrderConfirmed } from '@app/contracts';
import { Effects } from '../../../test/support/conformance/effects';
import { bootEmail, DEAD, type Email } from '../../../test/support/conformance/email';
import { hundredOrders, inOneBatch, ROOM_FOR_HUNDRED } from '../../../test/support/conformance/one-batch';
import { DOES_NOT_HOLD, DURABLE, withQueues } from '../../../test/support/conformance/with-queues';
import { eventually } from '../../../infra/eventually';
import { orderConfirmed } from '../../../test/support/messaging-harness';
import { Batches } from '../src/consuming/batches';

const LADDER_MS = [100, 200];

describe('What fails in a batch takes no other message of it along', () => {
  let email: Email;
  let effects: Effects;
  let orders: OrderConfirmed[];

  beforeAll(async () => {
    email = await bootEmail({ environment: { ...ROOM_FOR_HUNDRED, RETRY_DELAYS_MS: LADDER_MS.join(',') } });
  });
  afterAll(() => email.harness.close());
  beforeEach(async () => {
    email.mails.forget();
    email.harness.log.length = 0;
    effects = await Effects.of(email.harness);
    email.mails.act = (orderId) => effects.leave(orderId);
    orders = hundredOrders();
  });

  const send = (order: OrderConfirmed) => email.harness.send(OrderConfirmed, order);
  const linesWith = (text: string) => email.harness.log.filter((line) => line.includes(text));
  const haveTheirEffectOnce = (expected: readonly OrderConfirmed[]) =>
    eventually(async () => expect(await effects.all()).toEqual(expected.map(({ orderId }) => orderId)));

  /** Sends a body that is not valid among the orders; resolves once those are handled in one transaction, without another attempt. */
  const runWithInvalid = async (): Promise<void> => {
    const [before, after] = [orders.slice(0, 49), orders.slice(50)];
    const release = await inOneBatch(email, Batches.prototype, () => {
      before.forEach(send);
      email.harness.sendBody(ORDER_EVENTS, 'order 4711');
      after.forEach(send);
    });
    release();
    await haveTheirEffectOnce([...before, ...after]);
    await expect(effects.transactions()).resolves.toBe(1);
    for (const { orderId } of [...before, ...after]) expect(email.mails.timesOf(orderId)).toHaveLength(1);
  };

  /** Lets one of the orders always fail; resolves with its id once the others have their effect. */
  const runWithFailing = async (): Promise<string> => {
    const [{ orderId } = orderConfirmed(), ...others] = orders;
    email.mails.when(orderId, () => Promise.reject(new Error('poison')));
    (await inOneBatch(email, Batches.prototype, () => orders.forEach(send)))();
    await haveTheirEffectOnce(others);
    return orderId;
  };

  it('what fails last rolls back the work before it, which is done again, and once', async () => {
    const last = orders.at(-1)?.orderId ?? '';
    email.mails.when(last, (attempt) =>
      attempt === 1 ? Promise.reject(new Error('failed late')) : effects.leave(last),
    );
    (await inOneBatch(email, Batches.prototype, () => orders.forEach(send)))();
    await haveTheirEffectOnce(orders);
    for (const { orderId } of orders) expect(email.mails.timesOf(orderId)).toHaveLength(2);
    expect(linesWith('next attempt')).toEqual([]);
  });

  withQueues(DURABLE, () => {
    it('what is not valid is a dead letter, and the others are handled in one transaction', async () => {
      await runWithInvalid();
      await eventually(async () => expect(await email.harness.waiting(DEAD)).toBe(1));
      const letter = await email.harness.take(DEAD);
      expect(letter?.content.toString()).toBe('order 4711');
    });

    it('what always fails climbs the ladder alone', async () => {
      const poison = await runWithFailing();
      await eventually(async () => expect(await email.harness.waiting(DEAD)).toBe(1));
      const letter = await email.harness.take(DEAD);
      expect(letter?.content.toString()).toContain(poison);
      expect(letter?.properties.headers).toMatchObject({ 'x-failed-attempts': LADDER_MS.length + 1 });
      expect(linesWith('next attempt')).toHaveLength(LADDER_MS.length);
    });
  });

  withQueues(['exclusive'], () => {
    it.each([
      ['what is not valid', () => runWithInvalid()],
      ['what always fails', () => runWithFailing()],
    ])(`${DOES_NOT_HOLD}an exclusive queue has no dead letters, and %s is logged`, async (_what, run) => {
      await run();
      await eventually(() => expect(linesWith('failed, and dropped')).toHaveLength(1));
    });
  });
});
