/** The services that tell customers, each with the part that takes its messages, and how it calls what that refuses for good. */
export const NOTIFIERS = [
  { service: 'email', provider: 'mail-server', refusal: 'MAIL_REFUSED' },
  { service: 'sms', provider: 'sms-gateway', refusal: 'TEXT_REFUSED' },
] as const;

export type Notifier = (typeof NOTIFIERS)[number];
