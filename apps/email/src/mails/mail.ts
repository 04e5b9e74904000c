/** Who a mail goes to: one mailbox, never a list. */
export interface Mailbox {
  readonly name?: string;
  readonly address: string;
}

/** One mail to one recipient. */
export interface Mail {
  readonly to: Mailbox;
  readonly subject: string;
  readonly text: string;
  /** The same in HTML, for the clients that show it. */
  readonly html?: string;
}
