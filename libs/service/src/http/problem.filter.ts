import { ArgumentsHost, Catch, ExceptionFilter, HttpException, HttpStatus, Logger } from '@nestjs/common';
import { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, DomainErrorKind } from '../errors/domain-error';
import { Problem, PROBLEM_CONTENT_TYPE, problemTypeOf, titleOf, UNEXPECTED } from './problem';
import { InvalidRequest } from './validation.error';

const STATUS_OF: Readonly<Record<DomainErrorKind, HttpStatus>> = {
  'not-found': HttpStatus.NOT_FOUND,
  conflict: HttpStatus.CONFLICT,
  unprocessable: HttpStatus.UNPROCESSABLE_ENTITY,
  unavailable: HttpStatus.SERVICE_UNAVAILABLE,
};

/** Answers every error as problem details, and tells nobody of stacks or SQL. The one place that maps errors to HTTP. */
@Catch()
export class ProblemFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem: Problem = { ...this.describe(error), instance: pathOf(request.url) };
    if (error instanceof DomainError && error.retryAfterSeconds !== undefined) {
      void reply.header('retry-after', error.retryAfterSeconds);
    }
    void reply.status(problem.status).type(PROBLEM_CONTENT_TYPE).send(problem);
  }

  private describe(error: unknown): Omit<Problem, 'instance'> {
    if (error instanceof DomainError) return this.problemOfDomain(error);
    if (error instanceof InvalidRequest) {
      return { ...problemOf(HttpStatus.BAD_REQUEST, error.message, error.code), errors: error.errors };
    }
    if (error instanceof HttpException) return problemOf(error.getStatus(), error.message);
    const status = clientErrorStatus(error);
    if (status !== undefined && error instanceof Error) return problemOf(status, error.message);
    this.logger.error(error);
    return UNEXPECTED;
  }

  /** That a service is unavailable is no news to the caller alone. */
  private problemOfDomain(error: DomainError): Omit<Problem, 'instance'> {
    if (error.kind === 'unavailable') this.logger.warn({ err: error.cause ?? error }, error.message);
    return problemOf(STATUS_OF[error.kind], error.message, error.code);
  }
}

const problemOf = (status: number, detail: string, code?: string): Omit<Problem, 'instance'> => ({
  type: code === undefined ? 'about:blank' : problemTypeOf(code),
  title: titleOf(status),
  status,
  detail,
});

/** Fastify's own errors (body too large, malformed JSON) carry the status that they mean. */
function clientErrorStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const { statusCode } = error;
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : undefined;
}

const pathOf = (url: string): string => url.split('?', 1)[0] ?? url;
