/** A span as the collector has got it. */
export interface CollectedSpan extends SpanId {
  /** The span that has caused it. */
  readonly parentId?: string;
  readonly service: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: SpanAttributes;
  /** Other spans that it belongs together with. */
  readonly links: readonly SpanId[];
  /** What kind of error it ended with. */
  readonly error?: string;
}

export interface SpanId {
  readonly traceId: string;
  readonly spanId: string;
}

export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;
