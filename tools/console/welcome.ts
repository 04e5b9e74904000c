import type { SuiteOptions } from '../launcher/suite/suite-options';
import type { Addresses } from './addresses';

const EXAMPLE = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15005550001' },
  lines: [{ sku: 'RUBBER-CHICKEN', quantity: 2 }],
};

/** What a start begins with. */
export function opening({
  rabbitmqUrls,
  databaseUrl,
}: Pick<SuiteOptions, 'rabbitmqUrls' | 'databaseUrl'>): string {
  const broker = rabbitmqUrls === undefined ? 'a RabbitMQ of its own' : 'the RabbitMQ of RABBITMQ_URL';
  const server = databaseUrl === undefined ? 'a PostgreSQL of its own' : 'the PostgreSQL of DATABASE_URL';
  return `Starting, with ${broker} and ${server} …`;
}

const LABEL_WIDTH = 12;

/** Where everything is, and what to try first. */
export function welcome(addresses: Addresses): string {
  const { orderApi } = addresses;
  return `${notices(addresses)}
${rows(addresses)
  .map(([label, address]) => `  ${label.padEnd(LABEL_WIDTH)}${address}`)
  .join('\n')}

  Follow the events in a second terminal, npm run tail, and place an order:

  curl -s ${orderApi}/orders -H 'content-type: application/json' -d '${JSON.stringify(EXAMPLE)}'

  "npm run suite" shows what runs, and "npm run suite -- --help" how to take it apart;
  "npm run traces" shows the way of the last order through the services.
  Ctrl-C stops everything. The logs of the services follow.
`;
}

function rows({ amqp, databases, metrics, ...addresses }: Addresses): [label: string, address: string][] {
  return [
    ['Order API', `${addresses.orderApi}/orders`],
    ['API docs', `${addresses.orderApi}/docs`],
    ['Mails', addresses.mails],
    ['Texts', addresses.texts],
    ['Stock', addresses.stock],
    ['RabbitMQ', addresses.rabbitmq],
    ...underOneLabel(
      'AMQP',
      amqp === undefined
        ? []
        : [`${amqp.tail}   reads events`, `${amqp.visitor}   and sends tasks, asks inventory`],
    ),
    ...underOneLabel('PostgreSQL', databases),
    ...underOneLabel('Metrics', metrics),
    ['Logs', addresses.logs],
  ];
}

const underOneLabel = (label: string, addresses: readonly string[]): [label: string, address: string][] =>
  addresses.map((address, index) => [index === 0 ? label : '', address]);

/** A line for each usual port that another program has: what goes there by habit would reach that one. */
function notices({ usualPorts }: Addresses): string {
  return usualPorts
    .filter(({ port, url }) => new URL(url).port !== String(port))
    .map(({ what, port, url }) => `\n  ! Port ${port} is taken by another program: ${what} is at ${url}`)
    .join('');
}
