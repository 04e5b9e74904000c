/** The services that tell customers, each with the part that takes its messages. */
export const NOTIFIERS = [
  { service: 'email', provider: 'mail-server' },
  { service: 'sms', provider: 'sms-gateway' },
] as const;

export type Notifier = (typeof NOTIFIERS)[number];
