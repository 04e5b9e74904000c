/** What the services answer, as far as the demo looks at it. */
export interface OrderAnswer {
  readonly id: string;
  readonly status: string;
}

export interface StockAnswer {
  readonly sku: string;
  readonly available: number;
}

/** A mail as MailDev lists it. */
export interface MailAnswer {
  readonly id: string;
  readonly to: readonly { readonly address: string }[];
  readonly subject: string;
}

export interface TextAnswer {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
}
