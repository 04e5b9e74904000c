import type { Mail } from './mail';

/**
 * Sends mails: at least once, since a server may take a mail and die before it says so.
 * A repeat for the same event carries the same `Message-ID`.
 */
export abstract class Mailer {
  /**
   * Resolves when the mail server has taken responsibility for the mail (RFC 5321, section 4.2.5).
   * @throws MailRefused when it never will, MailNotSent when it has not, ProviderUnavailable when it takes no mail at all, ProviderRefuses
   * when it says so and may mean this one, AmbiguousSend when its answer never came.
   */
  abstract send(mail: Mail): Promise<void>;

  /** Resolves when the mail server would take a mail now; sends none. */
  abstract probe(): Promise<void>;
}
