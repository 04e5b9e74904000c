import { isNativeError } from 'node:util/types';
import { isMailAddress } from '@app/contracts';
import { idempotencyKey, Probe, SendingConfig, withDeadline } from '@app/messaging';
import { type CallSpan, inClientSpan, serverAttributes } from '@app/service';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { composedMail } from './composed-mail';
import type { Mail } from './mail';
import { MailRefused } from './mail-refused.error';
import { Mailer } from './mailer';
import { type Progress, smtpFailure } from './smtp-failure';
import { SmtpConfig } from './smtp.config';

/** Ends an attempt before the delivery's lease ends. */
const ATTEMPT_TIMEOUT_MS = 20_000;

const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** Sends mails by SMTP, over connections that stay open: as many as there may be mails under way, so that none waits for one. */
@Injectable()
export class SmtpMailer extends Mailer implements OnApplicationShutdown {
  private readonly transport = createTransport({
    pool: true,
    url: this.config.smtpUrl,
    maxConnections: this.sending.sendsAtOnce,
    maxMessages: Infinity,
    ...TIMEOUTS,
  });

  private readonly span: CallSpan = { name: 'send mail', attributes: serverAttributes(this.config.smtpUrl) };

  /** How far the mails have come that are under way, by their ids. */
  private readonly progress = new Map<string, Progress>();

  constructor(
    private readonly config: SmtpConfig,
    private readonly sending: SendingConfig,
  ) {
    super();
    this.transport.use('stream', ({ message }, done) => {
      const reached = (progress: Progress) => this.progress.set(message.messageId(), progress);
      // Called when a connection has been made, and is logged in.
      message.processFunc((source) => {
        reached('handing over');
        return source.once('end', () => reached('handed over'));
      });
      done();
    });
  }

  send(mail: Mail): Promise<void> {
    return inClientSpan(this.span, () => this.sendNow(mail));
  }

  /** Over a connection of its own: connects, says hello, logs in where there are credentials. */
  @Probe('mail server')
  async probe(): Promise<void> {
    await this.transport.verify();
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  private async sendNow(mail: Mail): Promise<void> {
    const { to } = mail;
    // nodemailer reads a list out of an address with a comma, and headers out of one with a line break.
    if (!isMailAddress(to.address)) throw new MailRefused('the recipient is not one plain e-mail address');
    const messageId = messageIdOf(idempotencyKey());
    const { mailFrom: from } = this.config;
    const envelope = { from, to: { name: '', address: to.address } };
    const raw = composedMail(mail, { from, messageId });
    try {
      await withDeadline(ATTEMPT_TIMEOUT_MS, (signal) =>
        this.transport.sendMail({ envelope, raw, messageId, signal }),
      );
    } catch (error) {
      throw isNativeError(error) ? smtpFailure(error, this.progress.get(messageId) ?? 'connecting') : error;
    } finally {
      this.progress.delete(messageId);
    }
  }
}

/**
 * The same for every repeat, so that the recipient's mail system can drop it (RFC 5322, section 3.6.4).
 * A key from elsewhere may hold any character.
 */
function messageIdOf(key: string): string {
  return `<${encodeURIComponent(key)}@order-events.example>`;
}
