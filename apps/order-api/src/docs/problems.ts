import { DomainError, PROBLEM_CONTENT_TYPE, problemOf, ProblemMember } from '@app/service';
import { ApiResponse } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { CORRELATION_ID, RETRY_AFTER } from './headers';
import { schemaNamed } from './schemas';

/** An error that a call may be answered with, made as the code makes it. */
export interface AnsweredError {
  readonly when: string;
  readonly error: Error;
  /** The path that is called, where it is not that of the other examples. */
  readonly instance?: string;
}

/**
 * An answer for each status, with an example for each error. The examples are what the errors are really answered with.
 * @param path that is called in them
 */
export function problemAnswers(errors: readonly AnsweredError[], path: string): MethodDecorator[] {
  const byStatus = new Map<number, AnsweredError[]>();
  for (const answered of errors) {
    const status = statusOf(answered.error);
    byStatus.set(status, [...(byStatus.get(status) ?? []), answered]);
  }
  return [...byStatus].map(([status, all]) =>
    ApiResponse({
      status,
      description: STATUS_CODES[status],
      headers: {
        ...(all.every(({ error }) => isRetried(error)) && { 'Retry-After': RETRY_AFTER }),
        ...CORRELATION_ID.header,
      },
      content: {
        [PROBLEM_CONTENT_TYPE]: {
          schema: schemaNamed('Problem'),
          examples: Object.fromEntries(all.map((answered) => exampleOf(answered, path))),
        },
      },
    }),
  );
}

const statusOf = (error: Error): number => problemOf(error)?.status ?? 500;

const isRetried = (error: Error): boolean =>
  error instanceof DomainError && error.retryAfterSeconds !== undefined;

/** Named by the code of its error; of several without one, each has a name of its own. */
function exampleOf({ when, error, instance }: AnsweredError, path: string): [string, object] {
  const name = 'code' in error ? String(error.code) : when.replace(/\.$/, '');
  return [name, { summary: when, value: { ...problemOf(error), instance: instance ?? path } }];
}

/** What is wrong with one member of a request. */
const PROBLEM_MEMBER_SCHEMA = {
  type: 'object',
  required: ['path', 'message'] satisfies (keyof ProblemMember)[],
  properties: {
    path: { type: 'string', description: 'Where it is, such as `lines[0].quantity`.' },
    message: { type: 'string' },
  },
};

/**
 * Problem details, as every error is answered.
 * @see https://www.rfc-editor.org/rfc/rfc9457
 */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'Problem details (RFC 9457).',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: {
      type: 'string',
      format: 'uri-reference',
      description:
        '`about:blank` where the status says it all, else a URI that ends in the name of the error.',
    },
    title: { type: 'string', description: 'What the status says.' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What went wrong, in words.' },
    instance: { type: 'string', format: 'uri-reference', description: 'The path of the request.' },
    errors: {
      type: 'array',
      maxItems: 20,
      description: 'What is wrong with which member of the request.',
      items: PROBLEM_MEMBER_SCHEMA,
    },
  },
};

const { type, title, status, detail } = PROBLEM_SCHEMA.properties;

/** Problem details of what is refused before there is a request with a path. */
export const UNREADABLE_REQUEST_SCHEMA = {
  type: 'object',
  description: 'Problem details (RFC 9457) of a request that could not be read to its end.',
  required: ['type', 'title', 'status', 'detail'],
  properties: { type, title, status, detail },
};
