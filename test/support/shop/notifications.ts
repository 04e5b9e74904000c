import { read } from '../../../infra/http';
import { textsUrlOf } from '../../../tools/launcher/suite/service-environment';

/** A mail or a text that reached its provider. */
export interface Notification {
  /** The event's id, which the `Message-ID` or the idempotency key is made of: the same on a repeat. */
  readonly eventId: string;
  readonly to: string;
  /** The subject of a mail, the body of a text. */
  readonly title: string;
  /** When it came, in milliseconds since 1970; absent where the provider does not tell. */
  readonly at?: number;
}

/** A mail server, and all that it was given. */
export interface Mails {
  all(): Promise<readonly Notification[]>;
}

/** The event's id in a `Message-ID`: `<id@domain>`, with or without its brackets. */
export const eventIdOf = (messageId: string): string => decodeURIComponent(messageId.replace(/^<|@.*$/g, ''));

/** All the texts that an SMS gateway has accepted. */
export interface Texts {
  all(): Promise<readonly Notification[]>;
}

interface MailDevMail {
  readonly headers: { readonly 'message-id': string };
  readonly subject: string;
  readonly envelope: { readonly to: readonly { readonly address: string }[] };
}

/** The suite's own mail server. */
export class MailDev implements Mails {
  constructor(private readonly url: string) {}

  async all(): Promise<readonly Notification[]> {
    const mails: MailDevMail[] = await read(`${this.url}/api/email`);
    return mails.map(({ headers, subject, envelope }) => ({
      eventId: eventIdOf(headers['message-id']),
      to: envelope.to.map(({ address }) => address).join(),
      title: subject,
    }));
  }
}

/** What goes wrong at the SMS gateway. */
export interface GatewayFault {
  readonly kind: 'error' | 'delay' | 'drop';
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
  /** The gateway has taken the text, and the fault strikes before it says so. */
  readonly afterAccepting?: boolean;
  /** The one number that it is for; all, where there is none. */
  readonly to?: string;
  /** How many texts still meet it; all, where there is no number. */
  readonly times?: number;
}

/** The stand-in for the SMS provider. */
export class SmsGateway {
  constructor(private readonly url: string) {}

  async all(): Promise<readonly Notification[]> {
    const list: { messages: { idempotency_key: string; to: string; body: string }[] } = await read(
      textsUrlOf(this.url),
    );
    return list.messages.map(({ idempotency_key, to, body }) => ({
      eventId: decodeURIComponent(idempotency_key),
      to,
      title: body,
    }));
  }

  async breakWith(fault: GatewayFault): Promise<void> {
    await read(`${this.url}/faults`, { method: 'PUT', body: fault });
  }

  /** The one in force; null where there is none, or where it has struck as often as it should. */
  async fault(): Promise<GatewayFault | null> {
    const { fault }: { fault: GatewayFault | null } = await read(`${this.url}/faults`);
    return fault;
  }

  async repair(): Promise<void> {
    await read(`${this.url}/faults`, { method: 'DELETE' });
  }
}
