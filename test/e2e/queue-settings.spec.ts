import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Checkout } from '../support/checkout';
import { eventually } from '../../infra/eventually';
import { read } from '../../infra/http';
import { anOrder, type Order } from '../support/shop/order';
import { describeOn } from '../support/shop/target';

const CLASSIC = { QUEUE_TYPE: 'classic', RETRY_DELAYS_MS: '200,400' };

describeOn(['local'], 'it starts a checkout of its own')('npm start', () => {
  const checkout = new Checkout();

  afterAll(() => checkout.remove());

  it('names every bad variable at once, before it starts anything', async () => {
    const environment = { QUEUE_TYPE: 'lazy', QUEUE_MAX_LENGTH: 'none', RETRY_DELAYS_MS: '0' };
    const { code, output } = await checkout.run('start', environment);
    expect(code).toBe(1);
    for (const variable of Object.keys(environment)) expect(output).toContain(`${variable} must`);
    expect(existsSync(join(checkout.folder, '.data', 'logs'))).toBe(false);
  });

  it('makes its queues as the environment says, and "npm run topology" knows how they were made', async () => {
    const { orderApiUrl } = await checkout.start(CLASSIC);
    expect(await checkout.run('topology')).toMatchObject({ code: 0 });
    const otherwise = await checkout.run('topology', { QUEUE_TYPE: 'quorum' });
    expect(otherwise).toMatchObject({
      code: 1,
      output: expect.stringContaining('is there already, and differs'),
    });

    const { id }: Order = await read(`${orderApiUrl}/orders`, {
      method: 'POST',
      body: anOrder({ KAZOO: 1 }),
    });
    await eventually(async () => {
      const { status }: Order = await read(`${orderApiUrl}/orders/${id}`);
      expect(status).toBe('confirmed');
    });
  });
});
