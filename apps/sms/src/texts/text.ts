/** One text message to one phone. */
export interface Text {
  /** E.164 number. */
  readonly to: string;
  readonly body: string;
}
