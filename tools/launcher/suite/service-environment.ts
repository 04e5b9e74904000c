import type { Accounts } from './accounts';
import type { Infrastructure } from './infrastructure';
import type { ServiceDescription, Variable } from './service-descriptions';
import type { QueueSettings } from './suite-options';

/** The account at the SMS gateway, which takes any of this form. */
export const TWILIO_ACCOUNT_SID = `AC${'0'.repeat(32)}`;

export interface Surroundings {
  readonly infrastructure: Infrastructure;
  readonly accounts: Accounts;
  readonly smsUrl: string;
  readonly queues?: QueueSettings;
}

type Value = (surroundings: Surroundings, service: ServiceDescription) => string;

const VALUES: Readonly<Record<Variable, Value>> = {
  LOG_LEVEL: () => 'info',
  DATABASE_URL: ({ infrastructure }, { database, name }) =>
    infrastructure.postgres.url(database ?? name, name),
  RABBITMQ_URL: ({ infrastructure, accounts }, { name }) =>
    infrastructure.rabbitmq.url(name, accounts.brokerPassword(name), accounts.vhost),
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
  const { queues } = surroundings;
  if (queues !== undefined && service.needs.includes('RABBITMQ_URL')) {
    environment.RETRY_DELAYS_MS = queues.retryDelaysMs.join(',');
  }
  return environment;
}
