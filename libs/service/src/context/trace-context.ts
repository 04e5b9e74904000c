import { randomUUID } from 'node:crypto';

/**
 * The `traceparent` header of W3C Trace Context: `00-<trace id>-<parent id>-<flags>`.
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** Whether it names a span of a trace. */
export const isTraceparent = (header: unknown): header is string =>
  typeof header === 'string' && TRACEPARENT.test(header);

/** The given `traceparent`, or that of a new trace where there is none or it is not valid. */
export function traceparentFrom(header: unknown): string {
  if (isTraceparent(header)) return header;
  return `00-${randomHex()}-${randomHex().slice(16)}-01`;
}

/** Visible ASCII and spaces; one that is longer may be dropped. @see https://www.w3.org/TR/trace-context/#tracestate-limits */
const TRACESTATE = /^[\x20-\x7e]{1,512}$/;

/** The given `tracestate`, where it can be sent on with everything that follows from the work, and kept with it. */
export const tracestateFrom = (header: unknown): string | undefined =>
  typeof header === 'string' && TRACESTATE.test(header) ? header : undefined;

/** 32 digits. Node draws the bytes of many UUIDs at once, which `randomBytes` does not. */
const randomHex = (): string => randomUUID().replaceAll('-', '');
