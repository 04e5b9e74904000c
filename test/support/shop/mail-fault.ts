/** What goes wrong at the mail server. */
export interface MailFault {
  /** An error answer, no answer at all, a connection that breaks without one, or a good answer that comes late. */
  readonly kind: 'error' | 'hang' | 'drop' | 'delay';
  /** Of an error: the reply code. */
  readonly code?: number;
  /** Of a delay: how late, in milliseconds. */
  readonly delayMs?: number;
  /** The server has taken the mail, and the fault strikes before it says so; a repeat it answers. */
  readonly afterAccepting?: boolean;
  /** The one recipient that it is for; all, where there is none. */
  readonly to?: string;
  /** How many mails still meet it; all, where there is no number. */
  readonly times?: number;
  /** One in so many meets it, so that others are sent between; all, where there is no number. */
  readonly oneIn?: number;
}

/** The fault that is in force, if any. */
export class ActiveMailFault {
  private fault?: MailFault;
  /** How many mails have met the fault that was last set. */
  struck = 0;
  private passed = 0;

  set(fault: MailFault): void {
    this.fault = fault;
    this.struck = this.passed = 0;
  }

  clear(): void {
    this.fault = undefined;
  }

  /** What a mail to this address meets, before or after the server has taken it; it counts as one of the fault's `times`. */
  take(to: string, isAccepted: boolean): MailFault | undefined {
    const { fault } = this;
    if (fault === undefined || (fault.afterAccepting ?? false) !== isAccepted) return undefined;
    if ((fault.to ?? to) !== to || this.struck >= (fault.times ?? Infinity)) return undefined;
    this.passed += 1;
    if (this.passed % (fault.oneIn ?? 1) !== 0) return undefined;
    this.struck += 1;
    return fault;
  }
}
