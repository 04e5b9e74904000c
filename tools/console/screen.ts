/** The terminal that something is printed on. */
export interface Screen {
  /** Whether it has colours. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}
