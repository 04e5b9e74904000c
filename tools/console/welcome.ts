import type { Suite } from '../launcher/suite/suite';

const EXAMPLE = {
  customer: { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15005550001' },
  lines: [{ sku: 'RUBBER-CHICKEN', quantity: 2 }],
};

/** What to look at, and what to try first. */
export function welcome(suite: Suite): string {
  const orders = suite.services.get('order-api').url;
  const { name, password } = suite.accounts.administrator;
  return `
  Order API   ${orders}/orders
  API docs    ${orders}/docs
  Mails       ${suite.mailUrl}
  Texts       ${suite.textsUrl}
  Stock       ${suite.services.get('inventory').url}/stock
  RabbitMQ    ${suite.rabbitmq.managementUrl}   user ${name}, password ${password}

  Place an order:

  curl -s ${orders}/orders -H 'content-type: application/json' -d '${JSON.stringify(EXAMPLE)}'

  Ctrl-C stops everything. The logs of the services follow.
`;
}
