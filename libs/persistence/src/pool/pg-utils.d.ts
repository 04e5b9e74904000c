declare module 'pg/lib/utils' {
  /** A parameter as `pg` sends it: arrays, objects and dates as PostgreSQL reads them. */
  export function prepareValue(value: unknown): string | Buffer | null;
}
