import { randomUUID } from 'node:crypto';
import { questionsExchangeName } from '@app/contracts';
import { CallSpan, currentContext, errorTypeOf, runInContext, tracer } from '@app/service';
import { operationAttributes } from '../tracing/message-spans';

/** What the span of a question, and that of its answer, begin with. @param queue of the service that is asked */
export function rpcSpan(operation: 'ask' | 'answer', queue: string): CallSpan {
  const destination = `${questionsExchangeName(queue)}:${queue}`;
  const type = operation === 'ask' ? 'send' : 'process';
  return {
    name: `${operation} ${destination}`,
    attributes: {
      ...operationAttributes({ operation, type, destination }),
      'messaging.rabbitmq.destination.routing_key': queue,
      'messaging.message.conversation_id': currentContext()?.correlationId,
    },
  };
}

/** Answers a question within a span of its own, below that of the question. Where tracing is off, it just answers. */
export async function inAnswerSpan<T>(queue: string, answer: () => Promise<T>): Promise<T> {
  const asked = currentContext();
  const span = tracer()?.start({ ...rpcSpan('answer', queue), kind: 'server', parent: asked });
  if (span === undefined) return answer();
  const context = { correlationId: randomUUID(), ...asked, traceparent: span.traceparent };
  try {
    return await runInContext(context, answer);
  } catch (error) {
    span.fail(errorTypeOf(error));
    throw error;
  } finally {
    span.end();
  }
}
