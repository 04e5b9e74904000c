import { currentContext, WorkContext } from '../context/work-context';
import { errorTypeOf } from './error-type';
import { Span, SpanStart } from './span';
import { tracer } from './tracer';

/** A call of another system, as its span tells of it. */
export type CallSpan = Pick<SpanStart, 'name' | 'attributes'>;

/**
 * Calls another system within a span below that of the running work. Where tracing is off, it just calls it.
 * @param work is given the context that the other system may work in; undefined where no work asks for the call
 */
export async function inClientSpan<T>(
  call: CallSpan,
  work: (context: WorkContext | undefined) => Promise<T>,
): Promise<T> {
  const context = currentContext();
  const span = clientSpan(call, context);
  if (context === undefined || span === undefined) return work(context);
  try {
    return await work({ ...context, traceparent: span.traceparent });
  } catch (error) {
    span.fail(errorTypeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** The attributes of a call to a server. Credentials in its URL are left out. */
export function serverAttributes(url: string): SpanStart['attributes'] {
  const { hostname, port } = new URL(url);
  return { 'server.address': hostname, 'server.port': port === '' ? undefined : Number(port) };
}

/** What no work has caused, such as a probe, has none. */
const clientSpan = (call: CallSpan, parent: WorkContext | undefined): Span | undefined =>
  parent && tracer()?.start({ ...call, kind: 'client', parent });
