import { type Span, type SpanAttributes, type SpanStart, Tracer } from '@app/service';

/** A span as it is at its end, or until then. */
export interface RecordedSpan extends SpanStart {
  readonly traceparent: string;
  attributes: SpanAttributes;
  errorType?: string;
  ended: boolean;
}

/** Keeps spans in place of sending them. */
export class RecordingTracer extends Tracer {
  readonly spans: RecordedSpan[] = [];

  /** @param isRecorded what it says of each of them */
  constructor(private readonly isRecorded = true) {
    super();
  }

  start(start: SpanStart): Span {
    const { isRecorded } = this;
    const number = String(this.spans.length + 1).padStart(16, '0');
    const traceId = start.parent?.traceparent.split('-')[1] ?? number.padStart(32, '9');
    const span: RecordedSpan = { ...start, traceparent: `00-${traceId}-${number}-01`, ended: false };
    this.spans.push(span);
    return {
      traceparent: span.traceparent,
      isRecorded,
      set: (attributes) => void (span.attributes = { ...span.attributes, ...attributes }),
      fail: (errorType) => void (span.errorType = errorType),
      end: () => void (span.ended = true),
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
