import type { Addresses } from './addresses';
import { opening, welcome } from './welcome';

const addresses: Addresses = {
  orderApi: 'http://127.0.0.1:3000',
  mails: 'http://127.0.0.1:1080',
  texts: 'http://127.0.0.1:3005/texts',
  stock: 'http://127.0.0.1:3001/stock',
  rabbitmq: 'http://127.0.0.1:15672   user administrator, password secret',
  metrics: ['http://127.0.0.1:3000/metrics', 'http://127.0.0.1:15692/metrics'],
  amqp: { tail: 'amqp://tail:one@127.0.0.1:5001/shop', visitor: 'amqp://visitor:two@127.0.0.1:5001/shop' },
  databases: ['postgres://order-api:three@127.0.0.1:5002/orders', 'postgres://sms:four@127.0.0.1:5002/sms'],
  logs: '.data/logs',
  usualPorts: [{ what: 'order-api', port: 3000, url: 'http://127.0.0.1:3000' }],
};

describe(welcome.name, () => {
  it('says where everything is, with user and password', () => {
    expect(welcome(addresses).split('\n').slice(1, 15)).toEqual([
      '  Order API   http://127.0.0.1:3000/orders',
      '  API docs    http://127.0.0.1:3000/docs',
      '  Mails       http://127.0.0.1:1080',
      '  Texts       http://127.0.0.1:3005/texts',
      '  Stock       http://127.0.0.1:3001/stock',
      '  RabbitMQ    http://127.0.0.1:15672   user administrator, password secret',
      '  AMQP        amqp://tail:one@127.0.0.1:5001/shop   reads events',
      '              amqp://visitor:two@127.0.0.1:5001/shop   and sends tasks, asks inventory',
      '  PostgreSQL  postgres://order-api:three@127.0.0.1:5002/orders',
      '              postgres://sms:four@127.0.0.1:5002/sms',
      '  Metrics     http://127.0.0.1:3000/metrics',
      '              http://127.0.0.1:15692/metrics',
      '  Logs        .data/logs',
      '',
    ]);
  });

  it('has no AMQP lines where the broker is given: it has no users for development', () => {
    const text = welcome({ ...addresses, amqp: undefined });
    expect(text).not.toContain('AMQP');
    expect(text).toContain('\n  RabbitMQ    http');
  });

  it('names a usual port only where something of the suite is elsewhere', () => {
    expect(welcome(addresses)).not.toContain('!');
    const usualPorts = [{ what: 'order-api', port: 3000, url: 'http://127.0.0.1:41873' }];
    expect(welcome({ ...addresses, usualPorts })).toContain(
      '! Port 3000 is taken by another program: order-api is at http://127.0.0.1:41873',
    );
  });

  it('has an order to paste, for the order API of this suite', () => {
    const [command = ''] = /curl .*/.exec(welcome(addresses)) ?? [];
    expect(command).toContain(' http://127.0.0.1:3000/orders ');
    const [, body = ''] = /-d '(.*)'/.exec(command) ?? [];
    expect(JSON.parse(body)).toMatchObject({ lines: [{ sku: 'RUBBER-CHICKEN', quantity: 2 }] });
  });
});

describe(opening.name, () => {
  it('says which servers are given', () => {
    expect(opening({})).toBe('Starting, with a RabbitMQ of its own and a PostgreSQL of its own …');
    expect(opening({ rabbitmqUrls: ['amqp://there'], databaseUrl: 'postgres://there' })).toBe(
      'Starting, with the RabbitMQ of RABBITMQ_URL and the PostgreSQL of DATABASE_URL …',
    );
  });
});
