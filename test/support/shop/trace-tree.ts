import type { CollectedSpan } from '../../../tools/launcher/tracing/collected-span';

/** A trace as text: a line for each span, with two spaces more than the one that has caused it. Of one cause, sorted by their words. */
export function traceTree(trace: readonly CollectedSpan[]): string[] {
  const ids = new Set(trace.map(({ spanId }) => spanId));
  const below = (parentId: string | undefined): string[] =>
    trace
      .filter((span) => span.parentId === parentId)
      .sort((one, other) => lineOf(one).localeCompare(lineOf(other)))
      .flatMap((span) => [lineOf(span), ...below(span.spanId).map((line) => `  ${line}`)]);
  const orphans = trace.filter(({ parentId }) => parentId !== undefined && !ids.has(parentId));
  return [...below(undefined), ...orphans.map((span) => `without a parent: ${lineOf(span)}`)];
}

/** `email consumer process order_events:order.created:email.order_events, attempt 2: MAIL_NOT_SENT` */
function lineOf({ service, kind, name, attributes, error }: CollectedSpan): string {
  const attempt = Number(attributes['order_events.message.attempt'] ?? 1);
  const redriven = Number(attributes['order_events.message.redriven'] ?? 0);
  return [
    `${service} ${kind} ${name}`,
    ...(attempt > 1 ? [`, attempt ${attempt}`] : []),
    ...(redriven > 0 ? [', redriven'] : []),
    ...(error === undefined ? [] : [`: ${error}`]),
  ].join('');
}
