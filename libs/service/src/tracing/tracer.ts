import { Span, SpanStart } from './span';

/** Makes the spans of this process, and sends those that have ended to a collector. */
export abstract class Tracer {
  abstract start(span: SpanStart): Span;
  /** Sends what has not been sent yet. */
  abstract close(): Promise<void>;
}

let current: Tracer | undefined;

/** The tracer of this process; undefined where tracing is off, and then there is nothing to do for it. */
export const tracer = (): Tracer | undefined => current;

/** From now on, spans are made; without a tracer, none are. */
export const useTracer = (tracer: Tracer | undefined): void => void (current = tracer);
