/** What is told of a span beside its name and its times. None of it is personal data, and none comes from the text of an error. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** One piece of work within a trace. @see https://opentelemetry.io/docs/concepts/signals/traces/#spans */
export interface Span {
  /** Names it in what it causes; the flag in it says whether it is recorded. */
  readonly traceparent: string;
  readonly isRecorded: boolean;
  set(attributes: SpanAttributes): void;
  /** The work has failed. @param errorType a code, or the name of a class: one of few */
  fail(errorType: string): void;
  end(): void;
}

/** What a span begins with. */
export interface SpanStart {
  readonly name: string;
  /** @see https://opentelemetry.io/docs/specs/otel/trace/api/#spankind */
  readonly kind: 'server' | 'client' | 'producer' | 'consumer';
  readonly attributes: SpanAttributes;
  /** The span that has caused it. Where it is absent, a new trace begins. */
  readonly parent?: { readonly traceparent: string; readonly tracestate?: string };
  /** Other spans that it belongs together with. */
  readonly links?: readonly Span[];
}
