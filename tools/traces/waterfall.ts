import type { Screen } from '../console/screen';
import { inColourOf } from '../console/source-colours';
import { SERVICES } from '../launcher/suite/service-descriptions';
import type { CollectedSpan } from '../launcher/tracing/collected-span';
import { subjectsOf, type Trace } from '../launcher/tracing/trace-store';
import { printable } from '../operations/printable';

const USUAL_WIDTH = 120;
const NARROWEST_BAR = 20;
const MS_WIDTH = 11;
const SOURCES = SERVICES.map(({ name }) => name);
const SERVICE_WIDTH = Math.max(...SOURCES.map(({ length }) => length));

/** A line of the picture. */
interface Row {
  readonly span: CollectedSpan;
  readonly text: string;
}

/** A trace as a picture: a line for each span, indented below the one that has caused it, and a bar for when it ran. */
export function waterfall(trace: Trace, { isTTY = false, columns = USUAL_WIDTH }: Screen = {}): string {
  const rows = rowsOf(trace);
  const textWidth = Math.max(...rows.map(({ text }) => text.length));
  const barWidth = Math.max(NARROWEST_BAR, columns - SERVICE_WIDTH - textWidth - MS_WIDTH - 4);
  const began = Math.min(...trace.map(({ startedAt }) => startedAt));
  const tookMs = Math.max(...trace.map(({ endedAt }) => endedAt)) - began;
  const lines = rows.map(({ span, text }) => {
    const colour = (part: string): string => (isTTY ? inColourOf(span.service, SOURCES, part) : part);
    const bar = barOf({ from: span.startedAt - began, to: span.endedAt - began, of: tookMs }, barWidth);
    const service = colour(span.service.padEnd(SERVICE_WIDTH));
    return `${service}  ${text.padEnd(textWidth)}  ${colour(bar)}${milliseconds(span.endedAt - span.startedAt)}`;
  });
  return [`${titleOf(trace)}: ${trace.length} spans in ${tookMs.toFixed(0)} ms`, '', ...lines, ''].join('\n');
}

/** Depth first; what has the same cause, in the order of its beginning. What its cause is, may not have arrived. */
function rowsOf(trace: Trace): Row[] {
  const ids = new Set(trace.map(({ spanId }) => spanId));
  const causeOf = ({ parentId }: CollectedSpan): string | undefined =>
    parentId !== undefined && ids.has(parentId) ? parentId : undefined;
  const below = (cause: string | undefined, depth: number): Row[] =>
    trace
      .filter((span) => causeOf(span) === cause)
      .sort((one, other) => one.startedAt - other.startedAt)
      .flatMap((span) => [
        { span, text: `${'  '.repeat(depth)}${textOf(span)}` },
        ...below(span.spanId, depth + 1),
      ]);
  return below(undefined, 0);
}

/** `process order.created, attempt 2 ✗ MAIL_NOT_SENT` */
function textOf({ name, attributes, error }: CollectedSpan): string {
  const { 'messaging.operation.name': operation, 'cloudevents.event_type': type } = attributes;
  const attempt = Number(attributes['order_events.message.attempt'] ?? 1);
  const redriven = Number(attributes['order_events.message.redriven'] ?? 0);
  const what = operation === undefined || type === undefined ? name : `${operation} ${type}`;
  return printable(
    [
      what,
      ...(attempt > 1 ? [`, attempt ${attempt}`] : []),
      ...(redriven > 0 ? [', redriven'] : []),
      ...(error === undefined ? [] : [` ✗ ${error}`]),
    ].join(''),
  );
}

interface Time {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

/** What takes no time to speak of is seen too. */
function barOf({ from, to, of }: Time, width: number): string {
  const cell = (at: number): number => Math.floor((at / Math.max(of, 1)) * width);
  const start = Math.min(cell(from), width - 1);
  const length = Math.max(1, cell(to) - start);
  return `${' '.repeat(start)}${'█'.repeat(length)}`.padEnd(width);
}

const milliseconds = (ms: number): string => `${ms.toFixed(1)} ms`.padStart(MS_WIDTH);

/** A trace without events, such as that of a question, has but its id. */
function titleOf(trace: Trace): string {
  const [subject] = subjectsOf(trace);
  return printable(subject === undefined ? `Trace ${trace[0]?.traceId}` : `Order ${subject}`);
}
