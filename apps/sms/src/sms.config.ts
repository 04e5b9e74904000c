import { MESSAGING_CONFIG } from '@app/messaging';
import { DatabaseConfig } from '@app/persistence';
import { TwilioConfig } from './texts/twilio.config';

/** Everything that sms reads from its environment, besides what every service does. */
export const SMS_CONFIG = [DatabaseConfig, ...MESSAGING_CONFIG, TwilioConfig];
