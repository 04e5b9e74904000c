/** A variable that a service may need beyond its port; `service-environment.ts` knows their values. */
export type Variable =
  | 'LOG_LEVEL'
  | 'DATABASE_URL'
  | 'RABBITMQ_URL'
  | 'SMTP_URL'
  | 'MAIL_FROM'
  | 'SMS_GATEWAY_URL'
  | 'TWILIO_ACCOUNT_SID'
  | 'TWILIO_AUTH_TOKEN'
  | 'SMS_FROM';

export interface ServiceDescription {
  readonly name: string;
  /** The port that it is given where that is free. */
  readonly port: number;
  /** The database of its own; its role in it is named like the service. */
  readonly database?: string;
  readonly needs: readonly Variable[];
}

const USUAL: readonly Variable[] = ['LOG_LEVEL', 'DATABASE_URL', 'RABBITMQ_URL'];
const MAIL: readonly Variable[] = ['SMTP_URL', 'MAIL_FROM'];
const TEXTS: readonly Variable[] = ['SMS_GATEWAY_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'SMS_FROM'];

/** Every service of the suite. A new one is one line here. */
export const SERVICES: readonly ServiceDescription[] = [
  { name: 'order-api', port: 3000, database: 'orders', needs: USUAL },
  { name: 'inventory', port: 3001, database: 'inventory', needs: USUAL },
  { name: 'email', port: 3002, database: 'email', needs: [...USUAL, ...MAIL] },
  { name: 'sms', port: 3003, database: 'sms', needs: [...USUAL, ...TEXTS] },
  { name: 'sms-gateway', port: 3005, needs: [] },
];

/** The service of a process: replicas are called `email-2`, `email-3` … */
export const serviceOf = (name: string): string => name.replace(/-\d+$/, '');
