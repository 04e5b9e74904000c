import { USUAL_PORTS } from '../launcher/suite/servers';
import { SERVICES } from '../launcher/suite/service-descriptions';
import type { Suite } from '../launcher/suite/suite';
import type { SuiteOptions } from '../launcher/suite/suite-options';

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

/** What to look at, and what to try first. */
export function welcome(suite: Suite): string {
  const orders = suite.services.get('order-api').url;
  return `${notices(suite)}
  Order API   ${orders}/orders
  API docs    ${orders}/docs
  Mails       ${suite.mailUrl}
  Texts       ${suite.textsUrl}
  Stock       ${suite.services.get('inventory').url}/stock
  RabbitMQ    ${suite.broker.whereabouts}

  Place an order:

  curl -s ${orders}/orders -H 'content-type: application/json' -d '${JSON.stringify(EXAMPLE)}'

  In a second terminal "npm run suite" shows what runs, and "npm run suite -- --help" how to take it apart.
  Ctrl-C stops everything. The logs of the services follow.
`;
}

/** A line for each usual port that another program has: what goes there by habit would reach that one. */
function notices({ services, broker, mailUrl }: Suite): string {
  const usual: [what: string, url: string | undefined, port: number][] = [
    ...SERVICES.map(({ name, port }): [string, string, number] => [name, services.get(name).url, port]),
    ["RabbitMQ's page", broker.server.managementUrls[0], USUAL_PORTS.rabbitmq],
    ['the page of the mails', mailUrl, USUAL_PORTS.mail],
  ];
  return usual
    .filter(([, url, port]) => url !== undefined && new URL(url).port !== String(port))
    .map(([what, url, port]) => `\n  ! Port ${port} is taken by another program: ${what} is at ${url}`)
    .join('');
}
