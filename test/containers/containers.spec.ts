import { ORDER_EVENTS, queueName } from '@app/contracts';
import { eventually } from '../../infra/eventually';
import { ComposedDeployment } from '../support/shop/containers/composed-deployment';
import type { Container } from '../support/shop/containers/container';
import { docker } from '../../infra/docker';
import { call } from '../../infra/http';
import { BrokerAdmin } from '../support/shop/broker-admin';
import { anOrder, type Order } from '../support/shop/order';
import { SERVICES, Shop } from '../support/shop/shop';

/** Made by others, who know themselves whom they need to be. */
const OF_OTHERS = /^(rabbitmq(-\d)?|replicated|postgres|mail)$/;

describe('The suite in containers', () => {
  let shop: Shop;
  let suite: ComposedDeployment;

  beforeAll(async () => {
    shop = await Shop.open();
    if (!(shop.suite instanceof ComposedDeployment)) throw new Error('The suite runs in no containers.');
    suite = shop.suite;
  });

  afterAll(() => shop.close());

  const ofOurs = async (): Promise<Container[]> =>
    [...(await suite.compose.containers())]
      .filter(([service]) => !OF_OTHERS.test(service))
      .flatMap(([, containers]) => containers)
      .filter(({ running }) => running);

  /** Every container that runs, with its process; what ends after it has done its work is left out. */
  const running = async (): Promise<string[]> =>
    [...(await suite.compose.containers()).values()]
      .flat()
      .filter(({ running, service }) => running && !/^(secrets|provision|replicated)$/.test(service))
      .map(({ service, id, pid }) => `${service} ${id} ${pid}`)
      .sort();

  it('runs our programs as an ordinary user, who can neither write nor get more rights', async () => {
    const containers = await ofOurs();
    expect(containers.map(({ service }) => service)).toEqual(
      expect.arrayContaining([...SERVICES, 'sms-gateway']),
    );
    const look = `cat /proc/1/status; touch /it-is-mine 2>&1`;
    for (const { service, id } of containers) {
      const seen = await docker(['exec', id, 'sh', '-c', `${look} || true`]);
      expect(`${service}: ${seen}`).toMatch(/^Uid:\s+[1-9]/m);
      expect(`${service}: ${seen}`).toMatch(/^CapEff:\s+0+$/m);
      expect(`${service}: ${seen}`).toMatch(/^NoNewPrivs:\s+1$/m);
      expect(`${service}: ${seen}`).toContain('Read-only file system');
    }
  });

  it('tells the operator, by a command of its own, which dead letters there are', async () => {
    const queue = queueName('email', ORDER_EVENTS);
    await shop.broker.publish(ORDER_EVENTS, 'an order, please', { messageId: 'from-a-stranger' });
    await shop.broker.untilDead(queue, 'from-a-stranger');
    const operator = ['run', '--rm', '--no-deps', '--no-TTY', 'operator'];
    const list: unknown = JSON.parse(await suite.compose.run(...operator, 'dead-letters', 'list', '--json'));
    expect(list).toContainEqual(expect.objectContaining({ queue, messages: 1 }));
  });

  it('started once more is as it was: nothing is started again', async () => {
    const before = await running();
    const { id } = await shop.placeOrder({ KAZOO: 1 });
    await suite.compose.up();
    expect(await running()).toEqual(before);
    await shop.untilOrder(id, 'confirmed');
  });

  it.each([...SERVICES, 'sms-gateway'])('%s ends with code 0 when it is told to', async (service) => {
    expect(await shop.suite.services.get(service).stop()).toEqual({ code: 0, signal: null });
  });

  it('keeps orders, messages and passwords when its containers are removed, and takes up its work', async () => {
    const [known = ''] = shop.accepted;
    await suite.compose.run('down');
    expect(await ofOurs()).toEqual([]);
    await suite.compose.up();
    const again = await ComposedDeployment.of(suite.compose);
    const { url } = again.services.get('order-api');
    expect((await call(`${url}/orders/${known}`)).body).toMatchObject({ status: 'confirmed' });
    expect(again.accounts.administrator).toEqual(suite.accounts.administrator);
    await new BrokerAdmin(again.broker).untilDead(queueName('email', ORDER_EVENTS), 'from-a-stranger');
    const { body } = await call(`${url}/orders`, { method: 'POST', body: anOrder({ KAZOO: 1 }) });
    const { id }: Order = body;
    await eventually(async () =>
      expect((await call(`${url}/orders/${id}`)).body).toMatchObject({ status: 'confirmed' }),
    );
  });

  it('leaves nothing behind after docker compose down --volumes', async () => {
    await suite.compose.down();
    const ofProject = ['--quiet', '--filter', `label=com.docker.compose.project=${suite.compose.project}`];
    expect(await docker(['ps', '--all', ...ofProject])).toBe('');
    expect(await docker(['volume', 'ls', ...ofProject])).toBe('');
    expect(await docker(['network', 'ls', ...ofProject])).toBe('');
  });
});
