/** What kind of error it is: its code, or the name of its class. Never its text, which may hold an address or a name. */
export function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.constructor.name;
}
