import { HttpException, HttpStatus } from '@nestjs/common';
import { DomainError, DomainErrorKind } from '../errors/domain-error';
import { Problem, problemWith } from './problem';
import { InvalidRequest } from './validation.error';

const STATUS_OF: Readonly<Record<DomainErrorKind, HttpStatus>> = {
  'not-found': HttpStatus.NOT_FOUND,
  conflict: HttpStatus.CONFLICT,
  unprocessable: HttpStatus.UNPROCESSABLE_ENTITY,
  unavailable: HttpStatus.SERVICE_UNAVAILABLE,
};

/** How an error is answered; undefined for one that a caller may know nothing of. The one place that maps errors to HTTP. */
export function problemOf(error: unknown): Omit<Problem, 'instance'> | undefined {
  if (error instanceof DomainError) return problemWith(STATUS_OF[error.kind], error.message, error.code);
  if (error instanceof InvalidRequest) {
    return { ...problemWith(HttpStatus.BAD_REQUEST, error.message, error.code), errors: error.errors };
  }
  if (error instanceof HttpException) return problemWith(error.getStatus(), error.message);
  const status = clientErrorStatus(error);
  return status !== undefined && error instanceof Error ? problemWith(status, error.message) : undefined;
}

/** Fastify's own errors (body too large, malformed JSON) carry the status that they mean. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}
