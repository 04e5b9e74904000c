import { MESSAGING_CONFIG } from '@app/messaging';
import { DatabaseConfig } from '@app/persistence';
import { SmtpConfig } from './mails/smtp.config';

/** Everything that email reads from its environment, besides what every service does. */
export const EMAIL_CONFIG = [DatabaseConfig, ...MESSAGING_CONFIG, SmtpConfig];
