import { QueueKindsConfig, type QueueSettings } from '@app/contracts';
import type { Infrastructure } from './infrastructure';
import { SERVICES, type ServiceDescription, type Variable } from './service-descriptions';

/** The account at the SMS gateway, which takes any of this form. */
const TWILIO_ACCOUNT_SID = `AC${'0'.repeat(32)}`;

/** Where the SMS gateway lists the texts that were sent, as the provider's API does. */
export const textsUrlOf = (smsUrl: string): string =>
  `${smsUrl}/2010-04-01/Accounts/${TWILIO_ACCOUNT_SID}/Messages.json`;

export interface Surroundings {
  readonly infrastructure: Infrastructure;
  readonly smsUrl: string;
  readonly queues?: QueueSettings;
  readonly queueKinds?: QueueKindsConfig;
  /** Variables for every service. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables for every service on the way of an order; what stands in for a provider is none. */
  readonly tracing?: Readonly<Record<string, string>>;
}

type Value = (surroundings: Surroundings, service: ServiceDescription) => string;

const VALUES: Readonly<Record<Variable, Value>> = {
  LOG_LEVEL: () => 'info',
  DATABASE_URL: ({ infrastructure }, { database, name }) =>
    infrastructure.databases.url(database ?? name, name),
  RABBITMQ_URL: ({ infrastructure }, { name }) => infrastructure.broker.urlFor(name),
  SMTP_URL: ({ infrastructure }) => infrastructure.mail.smtpUrl,
  MAIL_FROM: () => 'shop@example.com',
  SMS_GATEWAY_URL: ({ smsUrl }) => smsUrl,
  TWILIO_ACCOUNT_SID: () => TWILIO_ACCOUNT_SID,
  TWILIO_AUTH_TOKEN: () => 'any',
  SMS_FROM: () => '+15005550006',
};

/** The variables of a service, and no other's: none learns the password of another. */
export function environmentOf(
  service: ServiceDescription,
  surroundings: Surroundings,
): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const variable of service.needs) environment[variable] = VALUES[variable](surroundings, service);
  Object.assign(environment, surroundings.settings);
  return service.needs.includes('RABBITMQ_URL')
    ? { ...environment, ...queueVariables(surroundings), ...surroundings.tracing }
    : environment;
}

/** The variables that choose the durable topology, as `npm run topology` reads them. */
export const topologyVariables = (
  chosen: Pick<Surroundings, 'queues' | 'queueKinds'>,
): Record<string, string> => ({
  ...queueVariables(chosen),
  ...(chosen.queues !== undefined && {
    QUEUE_TYPE: chosen.queues.queueType,
    QUEUE_MAX_LENGTH: String(chosen.queues.queueMaxLength),
  }),
});

/** All who use the broker are told the same of its queues: also who publishes must know which of them there must be. */
function queueVariables({
  queues,
  queueKinds = new QueueKindsConfig(),
}: Pick<Surroundings, 'queues' | 'queueKinds'>): Record<string, string> {
  const exclusive = SERVICES.filter(({ name }) => queueKinds.of(name) === 'exclusive');
  return {
    ...(queues === undefined ? {} : { RETRY_DELAYS_MS: queues.retryDelaysMs.join() }),
    ...Object.fromEntries(
      exclusive.map(({ name }) => [`${name.replaceAll('-', '_').toUpperCase()}_QUEUE_KIND`, 'exclusive']),
    ),
  };
}
