import { applyDecorators, Type } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiParam, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { CORRELATION_ID, type Header } from './headers';
import { REQUEST_ERRORS } from './errors';
import { type AnsweredError, problemAnswers } from './problems';
import { schemaOf } from './schemas';

/** An answer that is no error. */
interface Answer {
  readonly description: string;
  /** Absent where there is no body; in brackets for a list. */
  readonly type?: Type<object> | readonly [Type<object>];
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, Header>>;
}

/** A parameter of a call. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description?: string;
  readonly required: boolean;
  readonly schema: object;
  readonly example?: unknown;
}

/** What a reader must know to make a call. */
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** A path that the call is made with. */
  readonly path: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: { readonly type: Type<object>; readonly examples: Readonly<Record<string, Example>> };
  readonly answers: Readonly<Record<number, Answer>>;
  readonly errors: readonly AnsweredError[];
}

interface Example {
  readonly summary: string;
  readonly value: object;
}

const PARAMETER = { path: ApiParam, query: ApiQuery, header: ApiHeader };

/** Documents a route. The route's own file says no more than its name. */
export function operation({ operationId, summary, description, ...rest }: Operation): MethodDecorator {
  const { path, parameters = [], body, answers, errors } = rest;
  return applyDecorators(
    ApiOperation({ operationId, summary, description }),
    ...[...parameters, CORRELATION_ID.parameter].map((parameter) => PARAMETER[parameter.in](parameter)),
    ...(body ? [ApiBody({ schema: schemaOf(body.type), examples: { ...body.examples } })] : []),
    ...Object.entries(answers).map(([status, answer]) => answerOf(Number(status), answer)),
    ...problemAnswers([...errors, ...REQUEST_ERRORS], path),
  );
}

function answerOf(status: number, { description, type, example, headers }: Answer): MethodDecorator {
  const content = type && { 'application/json': { schema: schemaOf(type), example } };
  return ApiResponse({
    status,
    description,
    headers: { ...headers, ...CORRELATION_ID.header },
    ...(content && { content }),
  });
}
