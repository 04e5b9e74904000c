import { MessagePattern } from '@nestjs/microservices';
import { inAnswerSpan } from './rpc-spans';

type Answering = (...args: never[]) => Promise<unknown>;

/**
 * Marks the method that answers the questions of a queue, each within a span of its own where tracing is on. The span is no interceptor: of a
 * method with one, Nest does not wait for the answer, and so many questions would be answered at once as come.
 */
export const OnQuestion =
  (queue: string) =>
  <Method extends Answering>(
    target: object,
    name: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    if (descriptor.value === undefined) return;
    descriptor.value = new Proxy(descriptor.value, {
      apply: (method, self, args: never[]) => inAnswerSpan(queue, () => method.apply(self, args)),
    });
    MessagePattern(queue)(target, name, descriptor);
  };
