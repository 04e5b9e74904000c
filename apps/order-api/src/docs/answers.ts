import { PROBLEM_CONTENT_TYPE } from '@app/service';
import { applyDecorators, Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';

const schemaOf = (type: Type): { $ref: string } => ({ $ref: `#/components/schemas/${type.name}` });

/** Documents the body that a call takes. */
export const TakesBody = (type: Type): MethodDecorator => ApiBody({ schema: schemaOf(type) });

/** Documents the header that lets a call be repeated. */
export const TakesIdempotencyKey = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Sent again under its key, a call is answered as before.',
  });

/** Documents the answer of a call: an object, or a list of them. */
export function AnswersWith(status: number, type: Type | [Type]): MethodDecorator {
  const schema = Array.isArray(type) ? { type: 'array', items: schemaOf(type[0]) } : schemaOf(type);
  return ApiResponse({ status, description: STATUS_CODES[status], schema });
}

/** Documents the errors of a call. */
export function AnswersProblem(...statuses: number[]): MethodDecorator {
  const schema = { $ref: '#/components/schemas/Problem' };
  return applyDecorators(
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: STATUS_CODES[status],
        content: { [PROBLEM_CONTENT_TYPE]: { schema } },
      }),
    ),
  );
}
