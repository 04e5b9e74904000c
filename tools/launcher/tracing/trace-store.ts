import type { CollectedSpan } from './collected-span';

/** More are forgotten, the oldest first. */
const MOST_TRACES = 1_000;

/** An order has about twenty, and more with each retry. */
const MOST_SPANS_OF_A_TRACE = 500;

/** The attribute that says what an event is about. */
const SUBJECT = 'cloudevents.event_subject';

export type Trace = readonly CollectedSpan[];

/** Keeps the newest traces in memory. */
export class TraceStore {
  /** By trace id, in the order of their first span. */
  private readonly traces = new Map<string, CollectedSpan[]>();

  add(spans: readonly CollectedSpan[]): void {
    for (const span of spans) {
      const trace = this.traces.get(span.traceId) ?? [];
      this.traces.set(span.traceId, trace);
      if (trace.length < MOST_SPANS_OF_A_TRACE) trace.push(span);
    }
    const [...ids] = this.traces.keys();
    for (const id of ids.slice(0, -MOST_TRACES)) this.traces.delete(id);
  }

  /** The traces of an order, or of anything else that events are about; the oldest first. Without a subject, those of the newest. */
  about(subject = this.newestSubject()): readonly Trace[] {
    return subject === undefined ? [] : this.all().filter((trace) => subjectsOf(trace).includes(subject));
  }

  /** The trace of this id, or those about this subject. */
  find(wanted?: string): readonly Trace[] {
    const trace = this.traces.get(wanted ?? '');
    return trace === undefined ? this.about(wanted) : [trace];
  }

  /** The oldest first. */
  all(): readonly Trace[] {
    return [...this.traces.values()];
  }

  private newestSubject(): string | undefined {
    return this.all()
      .toReversed()
      .flatMap((trace) => subjectsOf(trace).slice(0, 1))[0];
  }
}

/** What its events are about; the first event first. */
export const subjectsOf = (trace: Trace): string[] =>
  trace
    .toSorted((one, other) => one.startedAt - other.startedAt)
    .map(({ attributes }) => attributes[SUBJECT])
    .filter((subject) => typeof subject === 'string');
