import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { AnswerSpans } from './rpc-spans';

/** Marks the method that answers the questions of a queue, each within a span of its own where tracing is on. */
export const OnQuestion = (queue: string): MethodDecorator =>
  applyDecorators(MessagePattern(queue), UseInterceptors(new AnswerSpans(queue)));
