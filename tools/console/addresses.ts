import { join, relative } from 'node:path';
import { CHECKOUT } from '../../infra/environment';
import { SERVICES } from '../launcher/suite/service-descriptions';
import { USUAL_PORTS } from '../launcher/suite/servers';
import type { Suite } from '../launcher/suite/suite';

/** A page or service that people expect at its usual port. */
interface UsualPort {
  readonly what: string;
  readonly port: number;
  readonly url: string;
}

/** Where a running suite is, for people and for programs of theirs. URLs of servers hold passwords. */
export interface Addresses {
  readonly orderApi: string;
  readonly mails: string;
  readonly texts: string;
  readonly stock: string;
  /** RabbitMQ's page, with user and password; of a given broker, its address. */
  readonly rabbitmq: string;
  /** What Prometheus scrapes: each service but the stand-in for the SMS provider, and RabbitMQ where it is ours. */
  readonly metrics: readonly string[];
  /** AMQP URLs of the users for development; absent where the broker is given. */
  readonly amqp?: { readonly tail: string; readonly visitor: string };
  /** One for each database, of the service that owns it. */
  readonly databases: readonly string[];
  /** A folder, relative to the checkout. */
  readonly logs: string;
  readonly usualPorts: readonly UsualPort[];
}

export function addressesOf(suite: Suite): Addresses {
  const { services, broker, postgres, mailUrl, textsUrl, dataFolder } = suite;
  const urlOf = (service: string): string => services.get(service).url;
  return {
    orderApi: urlOf('order-api'),
    mails: mailUrl,
    texts: textsUrl,
    stock: `${urlOf('inventory')}/stock`,
    rabbitmq: broker.whereabouts,
    metrics: metricsOf(suite),
    amqp: broker.isGiven ? undefined : { tail: broker.urlFor('tail'), visitor: broker.urlFor('visitor') },
    databases: SERVICES.flatMap(({ name, database }) =>
      database === undefined ? [] : [postgres.url(database, name)],
    ),
    logs: relative(CHECKOUT, join(dataFolder, 'logs')),
    usualPorts: usualPorts(suite),
  };
}

function metricsOf({ services, broker }: Suite): string[] {
  const measured = SERVICES.filter(({ needs }) => needs.includes('RABBITMQ_URL'));
  const ours = measured.map(({ name }) => `${services.get(name).url}/metrics`);
  const { metricsUrl } = broker.server;
  return metricsUrl === undefined ? ours : [...ours, metricsUrl];
}

function usualPorts({ services, broker, mailUrl }: Suite): UsualPort[] {
  const { metricsUrl, managementUrls } = broker.server;
  const [page] = managementUrls;
  return [
    ...SERVICES.map(({ name, port }) => ({ what: name, port, url: services.get(name).url })),
    ...(page === undefined ? [] : [{ what: "RabbitMQ's page", port: USUAL_PORTS.rabbitmq, url: page }]),
    ...(metricsUrl === undefined
      ? []
      : [{ what: 'what RabbitMQ tells Prometheus', port: USUAL_PORTS.rabbitmqMetrics, url: metricsUrl }]),
    { what: 'the page of the mails', port: USUAL_PORTS.mail, url: mailUrl },
  ];
}
