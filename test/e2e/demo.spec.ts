import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Checkout } from '../support/checkout';
import { describeOn } from '../support/shop/target';

/** It starts everything, which has taken four minutes on a busy machine. */
const TIMEOUT_MS = 480_000;

describeOn(['local'], 'it starts a checkout of its own')('npm run demo', () => {
  const checkout = new Checkout();

  afterAll(() => checkout.remove());

  it(
    'shows how the services work off a burst, at their own pace, and leaves nothing behind',
    async () => {
      const { code, output } = await checkout.run('demo', {}, ['--burst', '300']);
      expect({ code, output }).toEqual({
        code: 0,
        output: expect.stringContaining('every customer has been told, and no message waits anywhere'),
      });
      const lines = output.split('\n');
      const shown = lines.filter((line) => / s {2}\d+ of 300 orders accepted; waiting: /.test(line));
      expect(shown.at(-1)).toMatch(/ 300 of 300 .*: order-api 0, inventory 0, email 0, sms 0$/);
      expect(lines).toContainEqual(
        expect.stringMatching(/^300 orders were accepted in [\d.]+ s, [\d,]+ a second\. /),
      );
      expect(existsSync(join(checkout.folder, '.data', 'demo'))).toBe(false);
    },
    TIMEOUT_MS,
  );

  it('says what is wrong with a burst', async () => {
    const { code, output } = await checkout.run('demo', {}, ['--burst', 'many']);
    expect({ code, output }).toEqual({ code: 2, output: expect.stringContaining('from 1 to 100000 orders') });
  });
});
