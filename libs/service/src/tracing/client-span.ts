import { currentContext } from '../context/work-context';
import { errorTypeOf } from './error-type';
import { Span, SpanStart } from './span';
import { tracer } from './tracer';

/** A call of another system, as its span tells of it. */
export type CallSpan = Pick<SpanStart, 'name' | 'attributes'>;

/** Calls another system within a span below that of the running work. Where tracing is off, it just calls it. */
export async function inClientSpan<T>(call: CallSpan, work: () => Promise<T>): Promise<T> {
  const span = clientSpan(call);
  if (span === undefined) return work();
  try {
    return await work();
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
function clientSpan(call: CallSpan): Span | undefined {
  const spans = tracer();
  const parent = spans && currentContext();
  return parent && spans.start({ ...call, kind: 'client', parent });
}
